import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { Icon, type IconName } from './icon.tsx'

/** Whether a finger lifts over the button: not one that scrolled, nor one of two. */
function is_tap({ cancelable, touches, changedTouches: [finger] }: TouchEvent, button: DOMRect): boolean {
  if (!cancelable || touches.length > 0 || !finger) return false
  const { clientX: x, clientY: y } = finger
  return button.left <= x && x <= button.right && button.top <= y && y <= button.bottom
}

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
  /** Measured when the finger comes down: when it lifts nobody waits for a layout. */
  const place = useRef<DOMRect | null>(null)
  /** The click that a browser makes of a tap comes late on a cheap phone; mouse, keyboard and screen reader have that. */
  const lift = (event: TouchEvent) => {
    if (lacks || running || !onClick || !place.current || !is_tap(event, place.current)) return
    event.preventDefault() // No click follows, here or on what comes to stand here.
    onClick()
  }
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
        onTouchStart={({ currentTarget }) => {
          place.current = currentTarget.getBoundingClientRect()
        }}
        onTouchEnd={lift}
      >
        <Icon name={icon} />
        <span>{children}</span>
      </button>
    </div>
  )
}
