/** Signing in and out. Comes with the screens that do it: a phone that is signed in starts without it. */
import type { StoredSession } from '../db/phone_db.ts'
import { TransportError, transport } from '../sync/transport.ts'
import { current_account } from './account.ts'
import * as live from './live.ts'
import { origin, phone, session_channel } from './phone.ts'
import { open_current } from './session.ts'
import type { SignInCode, SignInResult, SignOutResult, User } from './types.ts'

/** Signs in, or in again when the session `needs_password`. `login` is a phone number or a member code. */
export function sign_in(login: string, password: string): Promise<SignInResult> {
  return attempt('/api/v1/auth/login', { login, password }, login)
}

async function attempt(path: string, body: object, login: string): Promise<SignInResult> {
  const refuse = (code: SignInCode): SignInResult => ({ ok: false, code, retry_after_s: null })
  try {
    const blocked = live.unsent.value > 0
    const answer = await ask(path, body, login, blocked)
    if (answer === null || (blocked && answer.replica !== live.session.value?.replica))
      return refuse('unsent')
    await come_in(answer)
    return { ok: true }
  } catch (error) {
    return refusal(error)
  }
}

/** The account of this answer is the one that is open here now. */
export async function come_in(answer: StoredSession): Promise<void> {
  // The server has answered, so there is a network: what sends is needed next. Not before: a module that a portal
  // spoilt stays spoilt until the page is loaded again.
  void import('./syncing.ts').catch(() => {})
  await phone.write(['sessions', 'settings'], async (tx) => {
    await tx.objectStore('sessions').put(answer)
    await tx.objectStore('settings').put(answer.user.id, 'current')
  })
  await open_current()
  session_channel.postMessage('session')
}

export function refusal(error: unknown): SignInResult & { ok: false } {
  if (!(error instanceof TransportError)) return { ok: false, code: 'failed', retry_after_s: null }
  const retry_after_s = error.retry_after_ms === null ? null : Math.ceil(error.retry_after_ms / 1_000)
  return { ok: false, code: sign_in_code(error), retry_after_s }
}

/** The replica of who signed in here with the same login before. */
async function replica_of(login: string): Promise<string | null> {
  const sessions = await phone.read(['sessions'], (tx) => tx.objectStore('sessions').getAll())
  return sessions.find((session) => login !== '' && session.login === login)?.replica ?? null
}

/**
 * Takes up the replica that is open, else the one that this login had here, else a new one. Null: somebody else's
 * account, and what is unsent here keeps this one open.
 */
async function ask(
  path: string,
  body: object,
  login: string,
  blocked: boolean,
): Promise<StoredSession | null> {
  const open = live.session.value?.replica
  const known = new Set([...(open ? [open] : []), ...(blocked ? [] : [await replica_of(login), null])])
  for (const replica of known) {
    try {
      return session_of(await transport(origin())(path, { body: { ...body, replica } }), login)
    } catch (error) {
      const is_taken = error instanceof TransportError && error.problem === 'replica_taken'
      if (!is_taken || replica === null) throw error
    }
  }
  return null
}

export function session_of(answer: unknown, login: string): StoredSession {
  const { user, access_token, refresh_token, ...rest } = (answer ?? {}) as Partial<StoredSession>
  const is_ours =
    typeof user?.id === 'string' && typeof access_token === 'string' && typeof refresh_token === 'string'
  if (!is_ours) throw new TransportError('no_answer')
  const { coop = null, replica = null, demo = false } = rest
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
  if (token) void transport(origin())('/api/v1/auth/logout', { token }).catch(() => {})
  live.last_sale.value = null
  await open_current()
  session_channel.postMessage('session')
  return { ok: true }
}
