import type { ComponentChildren } from 'preact'
import type { IconName } from '../ui/icon.tsx'
import { SaveButton } from '../ui/save-button.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { Failed } from './failed.tsx'
import { useHalfTyped } from './frame.tsx'

/** A sheet with a form: what is typed, why it was not saved, and the button. `work` closes it when all is done. */
export function FormSheet<Reason>(props: {
  title: string
  action: string
  icon?: IconName
  /** What has to be there first, in words. */
  lacks?: string | null | undefined
  /** Runs one at a time (`useRecording`, `useAsking`). */
  doing: { running: boolean; failed: Reason | null; run: (work: () => Promise<unknown>) => Promise<unknown> }
  words?: ((error: Reason) => string) | undefined
  work: () => Promise<unknown>
  onClose: () => void
  children: ComponentChildren
  /** Stands below the button. */
  foot?: ComponentChildren
}) {
  const { doing } = props
  useHalfTyped()
  return (
    <Sheet title={props.title} onClose={props.onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void doing.run(props.work)
        }}
      >
        {props.children}
        <Failed error={doing.failed} words={props.words} />
        <SaveButton icon={props.icon ?? 'check'} lacks={props.lacks} running={doing.running}>
          {props.action}
        </SaveButton>
        {props.foot}
      </form>
    </Sheet>
  )
}
