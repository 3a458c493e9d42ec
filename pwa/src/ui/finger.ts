/**
 * A tap is a click as the finger lifts. The one that a browser makes of it comes after it has looked for what was hit,
 * three more times: a tenth of a second on a cheap phone. Mouse, keyboard and screen reader have the browser's own.
 */

import { follow } from './router.ts'

/** Held longer, or moved further, a finger means something else; and who types in a field wants to leave it first. */
const HELD_MS = 500
const MOVED_PX = 10
const FIELDS = 'input, textarea, select'

let down: { target: Element; at_ms: number; x: number; y: number } | null = null

function touched({ touches, target, timeStamp }: TouchEvent): void {
  const [finger] = touches
  const found = target instanceof Element ? target.closest('button, a[href^="#"]') : null
  down =
    finger && touches.length === 1 && found && !document.activeElement?.matches(FIELDS)
      ? { target: found, at_ms: timeStamp, x: finger.clientX, y: finger.clientY }
      : null
}

/** One that scrolled cannot be cancelled any more. */
function lifted(event: TouchEvent): void {
  const [finger] = event.changedTouches
  const from = down
  down = null
  if (!from?.target.isConnected || !finger || !event.cancelable || event.timeStamp - from.at_ms > HELD_MS)
    return
  if (Math.hypot(finger.clientX - from.x, finger.clientY - from.y) > MOVED_PX) return
  event.preventDefault() // No click follows, here or on what comes to stand here.
  ;(from.target as HTMLElement).click()
  follow()
}

addEventListener('touchstart', touched, { passive: true })
addEventListener('touchend', lifted, { passive: false })
