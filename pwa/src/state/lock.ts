/**
 * Locks the book of who has a PIN when it is not used for a while, when the app is out of sight for as long, and when
 * the phone is handed on. That it is locked is on the disk: neither a reload nor another tab opens it.
 */
import { signal } from '@preact/signals'
import * as live from './live.ts'
import { lock_ms, phone, session_channel } from './phone.ts'

/** Minutes without use, or out of sight; `0` locks whenever the app is out of sight. */
export type LockAfter = '0' | '5' | '30'

const DEFAULT: LockAfter = '5'
/** With `0`, for an app that lies open before nobody. */
const IDLE_MIN_MS = 60_000
/** How often use is noted, for other tabs and for the next launch. */
const NOTE_MS = 10_000

export const lock_after = signal<LockAfter>(DEFAULT)

let watching = false
let used_at_ms = 0
let noted_at_ms = 0
let timer: ReturnType<typeof setTimeout> | undefined

const idle_ms = (): number => Math.max(IDLE_MIN_MS, lock_ms(lock_after.value))
const may_lock = (): boolean => live.gate.value === 'open' && live.session.value?.has_pin === true

export async function set_lock_after(chosen: LockAfter): Promise<void> {
  lock_after.value = chosen
  await phone.write(['settings'], (tx) => tx.objectStore('settings').put(chosen, 'lock_after'))
  session_channel.postMessage('session')
  wait()
}

/** The screens are covered at once; the disk and the other tabs know it when this resolves. */
export async function lock(): Promise<void> {
  const user_id = live.session.value?.user.id
  live.gate.value = 'locked'
  if (user_id) await note(user_id, null)
  session_channel.postMessage('session')
}

/** Begins anew each time that the book is opened; what is watched is watched once. */
export async function watch(): Promise<void> {
  used_at_ms = Date.now()
  const stored = await phone.read(['settings'], (tx) => tx.objectStore('settings').get('lock_after'))
  lock_after.value = (stored as LockAfter | undefined) ?? DEFAULT
  wait()
  if (watching) return
  watching = true
  for (const kind of ['pointerdown', 'keydown', 'scroll'])
    globalThis.document?.addEventListener(kind, used, { capture: true, passive: true })
  globalThis.document?.addEventListener('visibilitychange', seen_or_gone)
  session_channel.addEventListener('message', ({ data }: MessageEvent) => {
    if (data === 'active') used_at_ms = Date.now()
  })
}

/** A clock that was set back as far is no way around it. */
const is_left = (): boolean => Math.abs(Date.now() - used_at_ms) >= idle_ms()

function used(): void {
  if (!may_lock()) return
  if (is_left()) return void lock() // The phone slept over it.
  used_at_ms = Date.now()
  if (Math.abs(used_at_ms - noted_at_ms) < NOTE_MS) return
  noted_at_ms = used_at_ms
  session_channel.postMessage('active')
  void note(live.session.value?.user.id ?? '', used_at_ms).catch(() => {}) // Then the next launch asks for the PIN.
}

function seen_or_gone(): void {
  if (!may_lock()) return
  const is_hidden = document.visibilityState === 'hidden'
  if (is_left() || (is_hidden && lock_after.value === '0')) void lock()
}

function wait(): void {
  clearTimeout(timer)
  const rest_ms = idle_ms() - Math.abs(Date.now() - used_at_ms)
  timer = setTimeout(
    () => {
      if (!may_lock()) return
      if (is_left()) void lock()
      else wait()
    },
    Math.max(rest_ms, 1_000),
  )
}

/** When it was last used; null locks it, and only a PIN or a password takes that back. */
async function note(user_id: string, active_at_ms: number | null): Promise<void> {
  await phone.write(['pins'], async (tx) => {
    const stored = await tx.objectStore('pins').get(user_id)
    if (stored && stored.active_at_ms !== null) await tx.objectStore('pins').put({ ...stored, active_at_ms })
  })
}
