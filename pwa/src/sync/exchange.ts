/** One sync from beginning to end: batches up, pages down, until everything has a receipt and the last page came. */
import { DATA_VERSION } from '../generated/entities.ts'
import { type Answer, is_answer } from './answer.ts'
import type { Mutation } from './mutation.ts'
import { TransportError } from './transport.ts'
import type { WallClock } from './wall_clock.ts'

export const BATCH_MAX = 1_000
export const PAGE_MAX = 1_000
const PAGE_FIRST = 500
/** Under 1 MiB even where the browser cannot compress. */
export const BATCH_BYTES_MAX = 1_000_000

/** What the exchange needs of the database. */
export interface ExchangeStore {
  next_batch(
    count_max: number,
    bytes_max: number,
  ): Promise<{ cursor: string | null; mutations: Mutation[]; unsent: number }>
  apply(
    asked: string | null,
    answer: Answer,
  ): Promise<{ last: boolean; receipts: number; checked: boolean; asks_anew: boolean }>
}

export interface SyncRequest {
  /** The data version that this app knows. */
  v: number
  replica: string
  cursor: string | null
  limit: number
  mutations: Mutation[]
  /** What staff is shown of this phone, to help its person. */
  phone: { app_version: string; unsent: number; clock_error_ms: number }
}

export interface Progress {
  sent: number
  to_send: number
  received: number
}

export interface Exchanged extends Progress {
  /** The last page came and the digests were equal. */
  checked: boolean
  /** The person was erased, and the server has all that this phone held. */
  erased: boolean
}

/** How much goes into one request; learnt from what was refused or took too long. */
export class Sizes {
  batch = BATCH_MAX
  page = PAGE_FIRST

  /** False: it cannot be made smaller. */
  halve(): boolean {
    if (this.batch === 1 && this.page === 1) return false
    this.batch = Math.max(1, this.batch >> 1)
    this.page = Math.max(1, this.page >> 1)
    return true
  }

  grow(): void {
    this.batch = Math.min(BATCH_MAX, this.batch * 2)
    this.page = Math.min(PAGE_FIRST, this.page * 2)
  }
}

interface Exchange {
  replica: string
  store: ExchangeStore
  /** POSTs to /api/v1/sync with a valid token. */
  post(body: SyncRequest): Promise<unknown>
  wall: WallClock
  sizes: Sizes
  on_progress(progress: Progress): void
}

export async function exchange({
  replica,
  store,
  post,
  wall,
  sizes,
  on_progress,
}: Exchange): Promise<Exchanged> {
  const total: Exchanged = { sent: 0, to_send: 0, received: 0, checked: false, erased: false }
  for (;;) {
    const { cursor, mutations, unsent } = await store.next_batch(sizes.batch, BATCH_BYTES_MAX)
    total.to_send = total.sent + unsent
    on_progress({ ...total })
    const asked_ms = Date.now()
    const phone = {
      app_version: import.meta.env.VERSION,
      unsent: unsent - mutations.length,
      clock_error_ms: wall.drift_ms,
    }
    const request = { v: DATA_VERSION, replica, cursor, limit: sizes.page, mutations, phone }
    const answer = await ask(post, request, sizes)
    if (answer === null) continue
    wall.compare(answer.server_time_ms, asked_ms, Date.now())
    const applied = await store.apply(cursor, answer)
    sizes.grow()
    total.sent += Math.min(applied.receipts, mutations.length)
    total.received += answer.changes.length
    total.checked = applied.checked
    total.erased = answer.erased === true
    on_progress({ ...total })
    if (mutations.length > 0 && applied.receipts === 0) throw new TransportError('no_answer')
    if (answer.more || applied.asks_anew) continue
    // After a reset, and when something was recorded meanwhile, there may be more to send.
    if ((await store.next_batch(1, 1)).unsent === 0) return total
  }
}

/** Null: it was too large or took too long, and the next request will be smaller. */
async function ask(post: Exchange['post'], request: SyncRequest, sizes: Sizes): Promise<Answer | null> {
  try {
    const answer = await post(request)
    if (!is_answer(answer)) throw new TransportError('no_answer')
    return answer
  } catch (error) {
    const code = error instanceof TransportError ? error.code : null
    if (code === 'too_large' && sizes.halve()) return null
    // Not at once: a connection that just timed out gets a rest first.
    if (code === 'timeout') sizes.halve()
    throw error
  }
}
