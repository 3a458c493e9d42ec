import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { heading_tool } from './heading_tool.ts'
import { Icon } from './icon.tsx'

/**
 * A sheet over the screen. Only its cross, Escape or what is done in it closes it: a tap beside it would lose what was typed.
 * The browser keeps the focus inside and gives it back.
 */
export function Sheet(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const Tool = heading_tool.value
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby={title} onClose={props.onClose}>
      <div class="stack">
        <div class="sheet-head">
          <h2 id={title} tabIndex={-1} autofocus>
            {props.title}
          </h2>
          {Tool && <Tool />}
          <button type="button" aria-label={t('close')} onClick={() => dialog.current?.close()}>
            <Icon name="close" />
          </button>
        </div>
        {props.children}
      </div>
    </dialog>
  )
}
