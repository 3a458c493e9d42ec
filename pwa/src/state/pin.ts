/**
 * PINs: a gate between the people who share a phone. Kept on it alone as a slow hash; never sent, never a password,
 * and no encryption.
 */
import type { StoredPin } from '../db/phone_db.ts'
import { forget_first_sight } from './first_sight.ts'
import * as live from './live.ts'
import { phone, session_channel } from './phone.ts'
import { open_current } from './session.ts'

export const DIGITS_MIN = 4
export const DIGITS_MAX = 6

/** PBKDF2-SHA-256; under a second on a phone twenty times slower than the machine that it was measured on. */
const ITERATIONS = 60_000

const FREE_TRIES = 3
const WAIT_MIN_MS = 30_000
const WAIT_MAX_MS = 3_600_000

/** Whether it can be a PIN: four to six digits. */
export const is_pin = (text: string): boolean => /^\d{4,6}$/.test(text)

/** How long after so many wrong ones: three are free, then 30 s, doubling up to an hour. */
export const wait_after = (wrong: number): number =>
  wrong < FREE_TRIES ? 0 : Math.min(WAIT_MAX_MS, WAIT_MIN_MS * 2 ** (wrong - FREE_TRIES))

/** What is left of the wait. A clock that was set back waits on from there: neither longer nor less. */
export function waited(pin: StoredPin, now_ms: number): StoredPin {
  const passed_ms = Math.max(0, now_ms - pin.wait_from_ms)
  return { ...pin, wait_ms: Math.max(0, pin.wait_ms - passed_ms), wait_from_ms: now_ms }
}

async function slow_hash(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number) {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ])
  return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256)
}

/** Of the signed-in account, in the place of its old one if it had one. On the disk when it resolves. */
export async function choose_pin(pin: string): Promise<void> {
  const shown = live.session.value
  if (!shown || !is_pin(pin)) throw new RangeError('a PIN has four to six digits')
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const hash = await slow_hash(pin, salt, ITERATIONS)
  const now_ms = Date.now()
  const stored: StoredPin = {
    user_id: shown.user.id,
    salt,
    iterations: ITERATIONS,
    hash,
    digits: pin.length,
    wrong: 0,
    wait_ms: 0,
    wait_from_ms: now_ms,
    active_at_ms: now_ms,
  }
  forget_first_sight()
  await phone.write(['pins'], (tx) => tx.objectStore('pins').put(stored))
  await open_current()
  session_channel.postMessage('session')
}

/** Nobody need have one where it was only offered. */
export function skip_pin(): void {
  if (live.gate.value === 'offer_pin') live.gate.value = 'open'
}

/** Milliseconds until the next PIN may be tried, looked at by the clock of now. 0: at once. */
export function pin_wait(user_id: string): Promise<number> {
  return phone.write(['pins'], async (tx) => {
    const stored = await tx.objectStore('pins').get(user_id)
    if (!stored || stored.wait_ms === 0) return 0
    const now = waited(stored, Date.now())
    await tx.objectStore('pins').put(now)
    return now.wait_ms
  })
}

export type PinResult = { ok: true } | { ok: false; code: 'wrong_pin' | 'wait'; wait_ms: number }

/** Counts it as wrong before it looks, so that nobody gains by taking the battery out; a right one clears the count. */
export async function check_pin(user_id: string, pin: string): Promise<PinResult> {
  const tried = await phone.write(['pins'], async (tx) => {
    const stored = await tx.objectStore('pins').get(user_id)
    if (!stored) return null
    const now = waited(stored, Date.now())
    const wrong = stored.wrong + 1
    const counted = now.wait_ms > 0 ? now : { ...now, wrong, wait_ms: wait_after(wrong) }
    await tx.objectStore('pins').put(counted)
    return { counted, may_look: now.wait_ms === 0 }
  })
  if (!tried) return { ok: false, code: 'wrong_pin', wait_ms: 0 }
  const { counted, may_look } = tried
  if (!may_look) return { ok: false, code: 'wait', wait_ms: counted.wait_ms }
  const hash = new Uint8Array(await slow_hash(pin, counted.salt, counted.iterations))
  const is_right = new Uint8Array(counted.hash).every((byte, n) => byte === hash[n])
  if (!is_right) return { ok: false, code: 'wrong_pin', wait_ms: counted.wait_ms }
  await use_book(user_id)
  return { ok: true }
}

/** Who has shown by a PIN or a password to be its owner has the phone in hand; every other book is locked. */
export async function use_book(user_id: string): Promise<void> {
  await phone.write(['pins', 'settings'], async (tx) => {
    const pins = tx.objectStore('pins')
    for (const stored of await pins.getAll()) {
      const is_owner = stored.user_id === user_id
      const opened = { wrong: 0, wait_ms: 0, active_at_ms: Date.now() }
      await pins.put({ ...stored, ...(is_owner ? opened : { active_at_ms: null }) })
    }
    await tx.objectStore('settings').put(user_id, 'current')
  })
}
