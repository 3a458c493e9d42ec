/** Signing in and out. Comes with the screens that do it: a phone that is signed in starts without it. */
import type { StoredSession } from '../db/phone_db.ts'
import { TransportError, transport } from '../sync/transport.ts'
import { current_account } from './account.ts'
import { forget_first_sight } from './first_sight.ts'
import * as live from './live.ts'
import { unsent_of } from './others.ts'
import { origin, phone, session_channel } from './phone.ts'
import { use_book } from './pin.ts'
import { portrait_of } from './portrait.ts'
import { open_current } from './session.ts'
import type { SignInCode, SignInResult, SignOutResult, User } from './types.ts'

/** Signs in, or in again when the session `needs_password`. `login` is a phone number or a member code. */
export function sign_in(login: string, password: string): Promise<SignInResult> {
  return attempt('/api/v1/auth/login', { login, password }, login)
}

/** The password in the place of a forgotten PIN: the old one is no more, another one is asked for. */
export async function reset_pin(login: string, password: string): Promise<SignInResult> {
  const result = await sign_in(login, password)
  const user_id = live.session.value?.user.id
  if (!result.ok || !user_id) return result
  live.gate.value = 'choose_pin'
  await phone.write(['pins'], (tx) => tx.objectStore('pins').delete(user_id))
  await open_current()
  live.gate.value = 'choose_pin'
  return result
}

async function attempt(path: string, body: object, login: string): Promise<SignInResult> {
  const refuse = (code: SignInCode): SignInResult => ({ ok: false, code, retry_after_s: null })
  try {
    // Behind the lock everyone may come in: each has a book of their own.
    const blocked = live.gate.value === 'open' && live.unsent.value > 0
    const answer = await ask(path, body, login, blocked)
    if (answer === null || (blocked && answer.replica !== live.session.value?.replica))
      return refuse('unsent')
    await come_in(answer)
    await offer_pin()
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
  await phone.write(['sessions'], (tx) => tx.objectStore('sessions').put({ ...answer, signed_out: false }))
  await use_book(answer.user.id)
  await open_current()
  session_channel.postMessage('session')
}

/** Where others have books too, whoever has none before the own is asked for a PIN; who signed out needs none here. */
async function offer_pin(): Promise<void> {
  if (live.gate.value !== 'open' || live.session.value?.has_pin !== false) return
  const books = await phone.read(['sessions'], (tx) => tx.objectStore('sessions').count())
  if (books > 1) live.gate.value = 'offer_pin'
}

export function refusal(error: unknown): SignInResult & { ok: false } {
  if (!(error instanceof TransportError)) return { ok: false, code: 'failed', retry_after_s: null }
  const retry_after_s = error.retry_after_ms === null ? null : Math.ceil(error.retry_after_ms / 1_000)
  return { ok: false, code: sign_in_code(error), retry_after_s }
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
  const sessions = await phone.read(['sessions'], (tx) => tx.objectStore('sessions').getAll())
  const open = live.gate.value === 'open' ? live.session.value?.replica : null
  const of_login = sessions.find((session) => login !== '' && session.login === login)?.replica ?? null
  const sign_in_to = async (replica: string | null) =>
    session_of(await transport(origin())(path, { body: { ...body, replica } }), login)
  for (const replica of new Set([...(open ? [open] : []), ...(blocked ? [] : [of_login, null])])) {
    try {
      const answer = await sign_in_to(replica)
      // Who has a book here, by another login (a member code, say), goes on with it: it may hold what is unsent.
      const had = sessions.find(({ user }) => user.id === answer.user.id)?.replica ?? answer.replica
      return had === answer.replica ? answer : await sign_in_to(had).catch(unless_taken(answer))
    } catch (error) {
      if (replica === null) throw error
      unless_taken(null)(error)
    }
  }
  return null
}

const unless_taken =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof TransportError && error.problem === 'replica_taken') return instead
    throw error
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

/** Blocked while something is unsent, in another tab too. Local data stays for the next sign-in. */
export async function sign_out(): Promise<SignOutResult> {
  const id = live.session.value?.user.id
  return id === undefined ? { ok: true } : sign_out_of(id)
}

/** The same for anybody whose book is on this phone. */
export async function sign_out_of(id: string): Promise<SignOutResult> {
  const session = await phone.read(['sessions'], (tx) => tx.objectStore('sessions').get(id))
  const replica = session?.replica
  const shown = current_account()?.replica === replica ? live.unsent.value : 0
  const unsent = replica ? Math.max(shown, await unsent_of(replica)) : 0
  if (unsent > 0) return { ok: false, code: 'unsent', unsent }
  forget_first_sight()
  const token = await phone.write(['sessions', 'settings', 'pins'], async (tx) => {
    const session = await tx.objectStore('sessions').get(id)
    const signed_out = { access_token: null, refresh_token: null, signed_out: true }
    if (session) await tx.objectStore('sessions').put({ ...session, ...signed_out })
    const settings = tx.objectStore('settings')
    if ((await settings.get('current')) === id) await settings.delete('current')
    await settings.delete(portrait_of(id))
    await tx.objectStore('pins').delete(id)
    return session?.refresh_token ?? null
  })
  // Without a network the tokens are gone from this phone all the same.
  if (token) void end(id, token).catch(() => {})
  await open_current()
  session_channel.postMessage('session')
  return { ok: true }
}

/** The token is kept only once the server says that it opens nothing any more: it asks whether its person was erased. */
async function end(id: string, token: string): Promise<void> {
  await transport(origin())('/api/v1/auth/logout', { token })
  await phone.write(['sessions'], async (tx) => {
    const session = await tx.objectStore('sessions').get(id)
    if (session?.signed_out) await tx.objectStore('sessions').put({ ...session, ended_token: token })
  })
}
