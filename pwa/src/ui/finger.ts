/**
 * A tap is a click as the finger lifts. The one that a browser makes of it comes after it has looked for what was hit,
 * three more times: a tenth of a second on a cheap phone. Mouse, keyboard and screen reader have the browser's own.
 */

import { follow } from './router.ts'

/**
 * Held longer, or moved further, a finger means something else; on what moves it means to stop that. Who types in a field
 * wants to leave it first, and what was locked or closed meanwhile is not to be touched any more.
 */
const HELD_MS = 350
const MOVED_PX = 10
const STILL_MS = 300
const FIELDS = 'input:not([type=radio], [type=checkbox], [type=file]), textarea, select'
const GONE = '[hidden], [inert], dialog:not([open])'

let scrolled_at_ms = -STILL_MS
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
  if (!from?.target.isConnected || !finger || !event.cancelable) return
  if (event.timeStamp - from.at_ms > HELD_MS || scrolled_at_ms > from.at_ms - STILL_MS) return
  if (from.target.closest(GONE)) return
  if (Math.hypot(finger.clientX - from.x, finger.clientY - from.y) > MOVED_PX) return
  event.preventDefault() // No click follows, here or on what comes to stand here.
  ;(from.target as HTMLElement).click()
  if (from.target instanceof HTMLAnchorElement) follow()
}

document.addEventListener(
  'scroll',
  ({ timeStamp }) => {
    scrolled_at_ms = timeStamp
  },
  { capture: true, passive: true }, // Within sheets and rows too.
)
for (const kind of ['contextmenu', 'touchcancel'])
  addEventListener(kind, () => {
    down = null
  })
addEventListener('touchstart', touched, { passive: true })
addEventListener('touchend', lifted, { passive: false })
