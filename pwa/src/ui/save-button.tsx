import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { Icon, type IconName } from './icon.tsx'

interface SaveButtonProps {
  children: ComponentChildren
  icon?: IconName
  /** What has to be there first, in words; it is said when the button is tapped all the same. */
  lacks?: string | null | undefined
  /** It is being saved: another tap does nothing. */
  running: boolean
  /** Left out where a form is submitted. */
  onClick?: () => void
}

/** The button that saves. While something is missing it is grey, and says what. */
export function SaveButton({ children, icon = 'check', lacks, running, onClick }: SaveButtonProps) {
  const id = useId()
  const [asked, set_asked] = useState(false)
  return (
    <div class="save-button">
      {lacks && (
        <p id={id} class={asked ? 'lacks' : 'unseen'} aria-live="polite">
          {lacks}
        </p>
      )}
      <button
        type={lacks || onClick ? 'button' : 'submit'}
        class="button save"
        aria-disabled={lacks ? true : undefined}
        aria-describedby={lacks ? id : undefined}
        disabled={running}
        onClick={lacks ? () => set_asked(true) : onClick}
      >
        <Icon name={icon} />
        <span>{children}</span>
      </button>
    </div>
  )
}
