/** Who uses this phone: each with a book of their own, and how each gets to it. */
import { is_signed_out } from '../db/phone_db.ts'
import { current_account } from './account.ts'
import { others, unsent_of } from './others.ts'
import { phone, session_channel } from './phone.ts'
import { check_pin, type PinResult } from './pin.ts'
import { portrait_of } from './portrait.ts'
import { open_current } from './session.ts'
import type { Role } from './types.ts'

export interface Person {
  id: string
  name: string
  role: Role
  /** How many digits the PIN has; null: none, so the password opens the book. */
  pin_digits: number | null
  /** For signing in again; '' when it is not known here. */
  login: string
  /** The address of the own picture; null: none was taken. */
  picture: string | null
  needs_password: boolean
  /** Records that only this phone has; nothing else of a locked book is told. */
  unsent: number
}

/** Everyone who has not signed out, by name. */
export async function people_here(): Promise<Person[]> {
  const { sessions, pins, pictures } = await phone.read(['sessions', 'pins', 'settings'], async (tx) => {
    const [sessions, pins] = await Promise.all([
      tx.objectStore('sessions').getAll(),
      tx.objectStore('pins').getAll(),
    ])
    const settings = tx.objectStore('settings')
    const pictures = await Promise.all(sessions.map(({ user }) => settings.get(portrait_of(user.id))))
    return { sessions, pins, pictures: new Map(sessions.map(({ user }, n) => [user.id, pictures[n]])) }
  })
  const people = sessions
    .filter((session) => !is_signed_out(session))
    .map(async ({ user, login, replica, refresh_token }) => ({
      id: user.id,
      name: user.name,
      role: user.role,
      pin_digits: pins.find(({ user_id }) => user_id === user.id)?.digits ?? null,
      login,
      picture: pictures.get(user.id) ?? null,
      needs_password: refresh_token === null,
      unsent: replica === null ? 0 : await unsent_of(replica).catch(() => 0),
    }))
  return (await Promise.all(people)).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Sends for all of them, as far as the network and their sign-ins reach. */
export async function send_everyone(): Promise<void> {
  await Promise.allSettled([others.now(), current_account()?.loop.now()])
}

/** Opens the book of whom this PIN belongs to. */
export async function unlock(user_id: string, pin: string): Promise<PinResult> {
  const tried = await check_pin(user_id, pin)
  if (!tried.ok) return tried
  await open_current()
  session_channel.postMessage('session')
  return tried
}
