/** A phone of a season: its storage outlives the app; in each turn somebody takes it out and opens the app anew. */
import { IDBFactory } from 'fake-indexeddb'
import { vi } from 'vitest'
import type { Meta, Row } from '../../src/db/account_db.ts'
import type { StoredSession } from '../../src/db/phone_db.ts'
import type { OutboxEntry } from '../../src/sync/mutation.ts'
import { contents, copied, Life, live_in } from './disk.ts'

export type App = typeof import('../../src/state/index.ts')
type Account = NonNullable<ReturnType<typeof import('../../src/state/account.ts')['current_account']>>

/** Of the process that runs the storm; the one that a test sets says nothing about it. */
const real_now = Date.now

export class StormPhone {
  disk = new IDBFactory()
  /** What the phone's clock says minus what it is. */
  drift_ms = 0
  life = new Life()

  constructor(
    readonly name: string,
    readonly who: string,
    readonly login: string,
  ) {}

  /** What is in its databases now, for a twin or for a day on which this one is put back. */
  copy(): Promise<IDBFactory> {
    return copied(this.disk)
  }

  /** From now on this happens to it. */
  start(life: Life): void {
    this.life = life
    live_in(life)
  }

  set_clock(): void {
    vi.setSystemTime(real_now() + this.drift_ms)
  }

  /** Opens the app, lets somebody use it, and takes the phone away. Resolves when nothing of it runs any more. */
  async turn(url: string, life: Life, use: (app: App) => Promise<void>): Promise<void> {
    this.start(life)
    globalThis.indexedDB = this.disk
    this.set_clock()
    vi.resetModules()
    const app = await import('../../src/state/index.ts')
    const { current_account, set_account } = await import('../../src/state/account.ts')
    try {
      await app.start(url)
      await rest(current_account())
      await use(app)
    } finally {
      await rest(current_account())
      set_account(null)
      live_in(new Life())
    }
  }

  async session(): Promise<StoredSession | undefined> {
    return (await contents<StoredSession>(this.disk, 'chophien', 'sessions'))[0]
  }

  private async store<T>(name: string): Promise<T[]> {
    const session = await this.session()
    return session?.replica ? contents<T>(this.disk, `chophien-${session.replica}`, name) : []
  }

  outbox = (): Promise<OutboxEntry[]> => this.store('outbox')
  meta = async (): Promise<Meta | undefined> => (await this.store<Meta>('meta'))[0]
  day_totals = (): Promise<{ side: number; count: number; total_vnd: number }[]> => this.store('day_totals')

  /** The server's rows as this phone shows them. */
  async rows(): Promise<Row[]> {
    const side = (await this.meta())?.side ?? 0
    return (await this.store<Row>('rows')).filter((row) => row.side === side)
  }
}

/** Waits for a sync that runs by itself, without asking for another. */
export async function rest(account: Account | null): Promise<void> {
  const loop = account?.loop as unknown as { running: Promise<void> | null } | undefined
  while (loop?.running) await loop.running
  // What goes on beside it (photos) has nothing to do here and ends by itself, soon.
  for (let left = 20; left > 0; left--) await new Promise((soon) => setImmediate(soon))
}

/** One app at a time is in this process: what it would tell other tabs reaches nobody, and no timer goes off. */
export function one_app_alone(fill: (values: ArrayBufferView) => void): () => void {
  class Alone {
    onmessage = null
    postMessage(): void {}
    close(): void {}
  }
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  vi.stubGlobal('BroadcastChannel', Alone)
  vi.stubGlobal('navigator', undefined)
  const random = vi.spyOn(crypto, 'getRandomValues').mockImplementation((values) => {
    fill(values as ArrayBufferView)
    return values
  })
  return () => {
    random.mockRestore()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  }
}
