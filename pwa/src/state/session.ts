/** Who is signed in on this phone, and the start of everything. */
import { batch } from '@preact/signals'
import { open_phone_db, type StoredSession } from '../db/phone_db.ts'
import { type Send, TransportError, transport } from '../sync/transport.ts'
import { Account, current_account, set_account } from './account.ts'
import { Caller } from './caller.ts'
import * as live from './live.ts'
import { storage_problem } from './publish.ts'
import { look_at_storage } from './storage.ts'
import type { Language, SignInCode, SignInResult, SignOutResult, User } from './types.ts'
import { keep_staff_offline, watch_worker } from './update.ts'

const phone = open_phone_db(() => storage_problem('blocked'))
const channel = new BroadcastChannel('chophien')
let send: Send = transport()
let caller: Caller | null = null

/** The requests of who is signed in, for what is read on line only. */
export function signed_in_caller(): Caller {
  if (!caller) throw new TransportError('unauthenticated')
  return caller
}

/** Opens what this phone holds and starts the sync loop. Called once, by main. `origin`: of the API, for tests. */
export async function start(origin = ''): Promise<void> {
  send = transport(origin)
  channel.onmessage = () => void open_current().catch(report_broken)
  try {
    const stored = await phone.read(['settings'], (tx) => tx.objectStore('settings').get('language'))
    if (stored === 'en' || stored === 'vi') live.language.value = stored
    await open_current()
  } catch (error) {
    report_broken(error)
  }
  void look_at_storage()
  void watch_worker()
}

function report_broken(error: unknown): void {
  storage_problem('broken', error)
  live.readiness.value = 'storage_error'
}

/** Opens the database of the current session, if there is one. */
async function open_current(): Promise<void> {
  const stored = await phone.read(['settings', 'sessions'], async (tx) => {
    const id = await tx.objectStore('settings').get('current')
    return id ? tx.objectStore('sessions').get(id) : undefined
  })
  set_account(null)
  caller = null
  if (!stored) {
    batch(() => {
      live.session.value = null
      live.readiness.value = 'signed_out'
    })
    return
  }
  const { user, coop, replica, demo, refresh_token } = stored
  const opened = new Caller(send, phone, user.id, ask_for_password)
  caller = opened
  live.session.value = { user, coop, replica, demo, needs_password: refresh_token === null }
  if (user.role !== 'member') void keep_staff_offline()
  if (replica === null) {
    live.readiness.value = 'ready'
    return
  }
  if (live.readiness.value === 'signed_out') live.readiness.value = 'starting'
  const account = await Account.open(user, replica, opened)
  set_account(account)
  void account.loop.now()
}

function ask_for_password(): void {
  if (live.session.value) live.session.value = { ...live.session.value, needs_password: true }
}

/** Signs in, or in again when the session `needs_password`. `login` is a phone number or a member code. */
export function sign_in(login: string, password: string): Promise<SignInResult> {
  return attempt('/api/v1/auth/login', { login, password }, login)
}

/** First use by a manager's QR code: the person chooses a password. */
export function enrol(code: string, password: string): Promise<SignInResult> {
  return attempt('/api/v1/auth/enrol', { code, password }, '')
}

async function attempt(path: string, body: object, login: string): Promise<SignInResult> {
  const refuse = (code: SignInCode): SignInResult => ({ ok: false, code, retry_after_s: null })
  try {
    const blocked = live.unsent.value > 0
    const known = live.session.value?.replica ?? (await replica_of(login))
    let answer: StoredSession
    try {
      answer = await ask(path, { ...body, replica: known }, login)
    } catch (error) {
      // Another account's: who has nothing unsent here may leave it.
      if (!(error instanceof TransportError) || error.problem !== 'replica_taken') throw error
      if (blocked) return refuse('unsent')
      answer = await ask(path, body, login)
    }
    if (blocked && answer.replica !== live.session.value?.replica) return refuse('unsent')
    await phone.write(['sessions', 'settings'], async (tx) => {
      await tx.objectStore('sessions').put(answer)
      await tx.objectStore('settings').put(answer.user.id, 'current')
    })
    await open_current()
    channel.postMessage('session')
    return { ok: true }
  } catch (error) {
    if (!(error instanceof TransportError)) return refuse('failed')
    const retry_after_s = error.retry_after_ms === null ? null : Math.ceil(error.retry_after_ms / 1_000)
    return { ok: false, code: sign_in_code(error), retry_after_s }
  }
}

/** The replica of who signed in here with the same login before. */
async function replica_of(login: string): Promise<string | null> {
  const sessions = await phone.read(['sessions'], (tx) => tx.objectStore('sessions').getAll())
  return sessions.find((session) => login !== '' && session.login === login)?.replica ?? null
}

async function ask(path: string, body: object, login: string): Promise<StoredSession> {
  const answer = (await send(path, { body })) as Partial<StoredSession> | null
  const { user, access_token, refresh_token } = answer ?? {}
  const is_ours =
    typeof user?.id === 'string' && typeof access_token === 'string' && typeof refresh_token === 'string'
  if (!is_ours) throw new TransportError('no_answer')
  const { coop = null, replica = null, demo = false } = answer ?? {}
  return { user: user as User, coop, replica, demo, login, access_token, refresh_token }
}

function sign_in_code({ code }: TransportError): SignInCode {
  if (code === 'unauthenticated') return 'wrong_password'
  if (code === 'timeout') return 'no_network'
  const known: SignInCode[] = ['no_network', 'no_answer', 'rate_limited', 'unavailable', 'forbidden']
  return known.find((each) => each === code) ?? 'failed'
}

/** Blocked while something is unsent. Local data stays for the next sign-in. */
export async function sign_out(): Promise<SignOutResult> {
  const unsent = live.unsent.value
  if (current_account() && unsent > 0) return { ok: false, code: 'unsent', unsent }
  const id = live.session.value?.user.id
  if (id === undefined) return { ok: true }
  const token = await phone.write(['sessions', 'settings'], async (tx) => {
    const session = await tx.objectStore('sessions').get(id)
    if (session) await tx.objectStore('sessions').put({ ...session, access_token: null, refresh_token: null })
    await tx.objectStore('settings').delete('current')
    return session?.refresh_token ?? null
  })
  // Without a network the tokens are gone from this phone all the same.
  if (token) void send('/api/v1/auth/logout', { token }).catch(() => {})
  live.last_sale.value = null
  await open_current()
  channel.postMessage('session')
  return { ok: true }
}

export async function set_language(language: Language): Promise<void> {
  live.language.value = language
  await phone.write(['settings'], (tx) => tx.objectStore('settings').put(language, 'language'))
}
