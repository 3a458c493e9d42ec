/** Requests of the signed-in account: with its token, renewed once when it has expired. */
import type { PhoneDb, StoredSession } from '../db/phone_db.ts'
import { type RequestOptions, type Send, TransportError } from '../sync/transport.ts'

const is_refused = (error: unknown): boolean =>
  error instanceof TransportError && (error.code === 'token_expired' || error.code === 'unauthenticated')

export class Caller {
  constructor(
    private readonly send: Send,
    private readonly phone: PhoneDb,
    private readonly user_id: string,
    /** The tokens are used up; only the password helps. */
    private readonly on_password_needed: () => void,
  ) {}

  async call(path: string, options: RequestOptions = {}): Promise<unknown> {
    const { access_token } = await this.stored()
    try {
      if (!access_token) throw new TransportError('unauthenticated')
      return await this.send(path, { ...options, token: access_token })
    } catch (error) {
      if (!is_refused(error)) throw error
      const token = await this.renewed(access_token)
      return this.send(path, { ...options, token })
    }
  }

  private async stored(): Promise<StoredSession> {
    const session = await this.phone.read(['sessions'], (tx) => tx.objectStore('sessions').get(this.user_id))
    if (!session) throw new TransportError('unauthenticated')
    return session
  }

  /** One tab at a time; another one may have renewed it meanwhile. */
  private async renewed(used: string | null): Promise<string> {
    const renew = async () => {
      const session = await this.stored()
      if (session.access_token && session.access_token !== used) return session.access_token
      return this.renew(session)
    }
    const locks = globalThis.navigator?.locks
    return locks ? locks.request('chophien-refresh', renew) : renew()
  }

  private async renew(session: StoredSession): Promise<string> {
    try {
      if (!session.refresh_token) throw new TransportError('unauthenticated')
      const pair = (await this.send('/api/v1/auth/refresh', { token: session.refresh_token })) as {
        access_token?: unknown
        refresh_token?: unknown
      } | null
      const { access_token, refresh_token } = pair ?? {}
      if (typeof access_token !== 'string' || typeof refresh_token !== 'string') {
        throw new TransportError('no_answer')
      }
      await this.store({ ...session, access_token, refresh_token })
      return access_token
    } catch (error) {
      if (is_refused(error)) {
        await this.store({ ...session, access_token: null, refresh_token: null })
        this.on_password_needed()
      }
      throw error
    }
  }

  private async store(session: StoredSession): Promise<void> {
    await this.phone.write(['sessions'], (tx) => tx.objectStore('sessions').put(session))
  }
}
