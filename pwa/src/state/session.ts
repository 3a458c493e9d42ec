/** Who is signed in on this phone, what stands before their book, and the start of everything. */
import { batch } from '@preact/signals'
import { is_signed_out, type StoredSession } from '../db/phone_db.ts'
import { Account, current_account, open_ahead, set_account } from './account.ts'
import { frame_drawn, set_frame_drawn } from './drawn.ts'
import { forget_first_sight, is_first_sight_of, show_first_sight } from './first_sight.ts'
import * as live from './live.ts'
import { lock_ms, phone, session_channel, set_origin } from './phone.ts'
import { clear_shown, problem_of, publish, storage_problem } from './publish.ts'
import { look_at_storage } from './storage.ts'
import type { Language } from './types.ts'
import { keep_staff_offline } from './update.ts'

/**
 * Opens what this phone holds and starts the sync loop. Called once, by main. `url`: of the server, for tests.
 * `drawn` resolves when what was changed until now stands on the screen.
 */
export async function start(url = '', drawn = async () => {}): Promise<void> {
  set_origin(url)
  set_frame_drawn(drawn)
  show_first_sight()
  session_channel.onmessage = ({ data }) => {
    if (data === 'session') void open_current().catch(report_broken)
  }
  try {
    open_ahead()
    await open_current(await lock_if_left())
  } catch (error) {
    report_broken(error)
  }
  await frame_drawn() // What can wait until the first screen stands waits for it.
  void look_at_storage()
  void import('./watch_worker.ts').then(({ watch_worker }) => watch_worker()).catch(() => {})
}

function report_broken(error: unknown): void {
  storage_problem(problem_of(error))
  live.readiness.value = 'storage_error'
}

let opening: Promise<void> = Promise.resolve()

/** Opens the database of the current session, if there is one and nothing stands before it. One after another. */
export function open_current(found?: Found): Promise<void> {
  opening = opening.catch(() => {}).then(async () => open_now(found ?? (await look())))
  return opening
}

async function open_now({ language, id, sessions, pin }: Found): Promise<void> {
  if (language === 'en' || language === 'vi') live.language.value = language
  const present = sessions.filter((session) => session.user.id === id || !is_signed_out(session))
  const stored = present.find(({ user }) => user.id === id)
  if (sessions.some((session) => session.ended_token || (session !== stored && present.includes(session))))
    void sync_others()
  const is_open = stored !== undefined && is_shown(stored)
  if (pin ? pin.active_at_ms === null : !stored && present.length > 0) {
    if (!is_open) show_nobody('starting') // Else what is half typed is there again for the same person.
    live.gate.value = 'locked'
    return
  }
  if (!stored) return show_nobody('signed_out')
  const { user, coop, replica, demo, refresh_token } = stored
  if (!is_open && (pin || !is_first_sight_of(user.id, replica))) show_nobody('starting')
  batch(() => {
    live.session.value = { user, coop, replica, demo, needs_password: refresh_token === null, has_pin: !!pin }
    live.gate.value = !pin && present.length > 1 ? 'choose_pin' : 'open'
  })
  if (pin) void import('./lock.ts').then(({ watch }) => watch()).catch(() => {})
  if (user.role !== 'member') void keep_staff_offline()
  if (replica === null) {
    live.readiness.value = 'ready'
    return
  }
  if (!is_open) await take_up(user, replica)
  void frame_drawn().then(() => current_account()?.loop.now())
}

type Found = Awaited<ReturnType<typeof look>>

/** It is the current one before it is shown: a screen that appears with it may ask for it at once. */
async function take_up(user: StoredSession['user'], replica: string): Promise<void> {
  const account = await Account.open(user, replica)
  set_account(account)
  publish(account, true)
}

const look = () =>
  phone.read(['settings', 'sessions', 'pins'], async (tx) => {
    const settings = tx.objectStore('settings')
    const [language, id, lock_after, sessions] = await Promise.all([
      settings.get('language'),
      settings.get('current'),
      settings.get('lock_after'),
      tx.objectStore('sessions').getAll(),
    ])
    const pin = id ? await tx.objectStore('pins').get(id) : undefined
    return { language, id, lock_after, sessions, pin }
  })

/** Its book is open, or, for who has none here, its screens. */
function is_shown({ user, replica }: StoredSession): boolean {
  const shown = live.session.value
  return (
    shown?.user.id === user.id &&
    shown.replica === replica &&
    current_account()?.replica === (replica ?? undefined)
  )
}

/** The app was away longer than the lock waits, by a clock that went forwards or back. What the phone holds then. */
async function lock_if_left(): Promise<Found> {
  const found = await look()
  const { lock_after, pin } = found
  if (!pin || pin.active_at_ms === null) return found
  if (Math.abs(Date.now() - pin.active_at_ms) < lock_ms(lock_after)) return found
  const locked = { ...pin, active_at_ms: null }
  await phone.write(['pins'], (tx) => tx.objectStore('pins').put(locked))
  return { ...found, pin: locked }
}

/** Nothing of one account is left on the screens of the next. */
function show_nobody(readiness: 'starting' | 'signed_out'): void {
  set_account(null)
  forget_first_sight()
  batch(() => {
    clear_shown()
    live.session.value = null
    live.gate.value = 'open'
    live.readiness.value = readiness
  })
}

const sync_others = (): Promise<void> =>
  import('./others.ts').then(
    ({ others }) => void others.now(),
    () => {}, // The next start tries again.
  )

export async function set_language(language: Language): Promise<void> {
  live.language.value = language
  await phone.write(['settings'], (tx) => tx.objectStore('settings').put(language, 'language'))
}
