/** Requests of an account: with its token, renewed once when it has expired. */
import type { StoredSession } from '../db/phone_db.ts'
import { is_erased, type RequestOptions, TransportError, transport } from '../sync/transport.ts'
import * as live from './live.ts'
import { origin, phone } from './phone.ts'

/** Another token may be taken; without one, the password is needed. */
export const is_refused = (error: unknown): boolean =>
  error instanceof TransportError && (error.code === 'token_expired' || error.code === 'unauthenticated')

/** Of who is signed in. */
export const call = (path: string, options: RequestOptions = {}): Promise<unknown> =>
  call_as(live.session.value?.user.id ?? '', path, options)

/** Of anybody whose book is on this phone, whoever has it in hand. */
export const call_as = (user_id: string, path: string, options: RequestOptions = {}): Promise<unknown> =>
  with_token(user_id, (token) => transport(origin())(path, { ...options, token }))

/** Whatever needs a token: done again with a new one when the server refuses the one at hand. */
export async function with_token<T>(user_id: string, use: (token: string) => Promise<T>): Promise<T> {
  const { access_token } = await stored_session(user_id)
  try {
    if (!access_token) throw new TransportError('unauthenticated')
    return await use(access_token)
  } catch (error) {
    if (!is_refused(error)) throw error
    return use(await renewed(user_id, access_token))
  }
}

async function stored_session(user_id: string): Promise<StoredSession> {
  const session = await phone.read(['sessions'], (tx) => tx.objectStore('sessions').get(user_id))
  if (!session) throw new TransportError('unauthenticated')
  return session
}

/** One tab at a time; another one may have renewed it meanwhile. */
async function renewed(user_id: string, used: string | null): Promise<string> {
  const renew = async () => {
    const session = await stored_session(user_id)
    if (session.access_token && session.access_token !== used) return session.access_token
    return renew_pair(session)
  }
  const locks = globalThis.navigator?.locks
  return locks ? locks.request('chophien-refresh', renew) : renew()
}

async function renew_pair(session: StoredSession): Promise<string> {
  try {
    if (!session.refresh_token) throw new TransportError('unauthenticated')
    const pair = await transport(origin())('/api/v1/auth/refresh', { token: session.refresh_token })
    const { access_token, refresh_token } = (pair ?? {}) as Partial<StoredSession>
    if (!access_token || !refresh_token) throw new TransportError('no_answer')
    await store({ ...session, access_token, refresh_token })
    return access_token
  } catch (error) {
    if (is_refused(error) && !is_erased(error)) {
      const ended_token = session.refresh_token ?? session.ended_token ?? null
      await store({ ...session, access_token: null, refresh_token: null, ended_token })
      const shown = live.session.value
      if (shown?.user.id === session.user.id) live.session.value = { ...shown, needs_password: true }
    }
    throw error
  }
}

async function store(session: StoredSession): Promise<void> {
  await phone.write(['sessions'], (tx) => tx.objectStore('sessions').put(session))
}
