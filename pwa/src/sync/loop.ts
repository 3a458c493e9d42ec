/**
 * When to sync: at launch, after a save, when the network or the person comes back, on a tap, and by a timer with
 * jitter. One at a time on this phone, whatever the number of tabs. No timer decides that data is lost.
 */
import { back_off_ms } from './back_off.ts'

const QUIET_MS = 300_000

interface Loop {
  /** Names the lock; one loop per database. */
  name: string
  /** One sync; rejects when it could not be done, with `retry_after_ms` where the server said when. */
  sync(): Promise<void>
  /** Whether it is of use to try: not while the password is needed. */
  may_try(): boolean
}

export class SyncLoop {
  private running: Promise<void> | null = null
  /** Something was recorded during the present sync: another one follows a good one. */
  private more = false
  /** The person or the network asked during the present sync: another one follows whatever became of it. */
  private asked = false
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private stopped = false

  constructor(private readonly loop: Loop) {
    globalThis.addEventListener?.('online', this.on_event)
    globalThis.document?.addEventListener('visibilitychange', this.on_event)
  }

  private readonly on_event = (): void => {
    if (globalThis.document?.visibilityState !== 'hidden') void this.now()
  }

  /** Resolves when a sync that began after this call has ended, well or not. */
  now(): Promise<void> {
    if (this.running) this.asked = true
    return this.start()
  }

  /** After a save. During a failing attempt it waits with the others: trying again at once would change nothing. */
  soon(): void {
    if (this.running) this.more = true
    void this.start()
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    globalThis.removeEventListener?.('online', this.on_event)
    globalThis.document?.removeEventListener('visibilitychange', this.on_event)
  }

  private start(): Promise<void> {
    this.running ??= this.run().finally(() => {
      this.running = null
    })
    return this.running
  }

  private async run(): Promise<void> {
    clearTimeout(this.timer)
    for (;;) {
      this.more = false
      this.asked = false
      if (this.stopped || !this.loop.may_try()) return
      const wait_ms = await this.attempt()
      if (this.asked || (this.more && this.failures === 0)) continue
      if (!this.stopped) this.timer = setTimeout(() => void this.now(), wait_ms)
      return
    }
  }

  /** How long to wait before the next one. */
  private async attempt(): Promise<number> {
    try {
      await with_lock(this.loop.name, () => this.loop.sync())
      this.failures = 0
      return QUIET_MS / 2 + (Math.random() * QUIET_MS) / 2
    } catch (error) {
      this.failures += 1
      return back_off_ms(this.failures, (error as { retry_after_ms?: number | null }).retry_after_ms ?? null)
    }
  }
}

/** Alone on this phone, whatever the number of tabs. */
export async function with_lock(name: string, work: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks
  if (locks) await locks.request(name, work)
  else await work()
}
