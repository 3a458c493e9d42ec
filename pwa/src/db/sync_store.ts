/** What the sync loop does with the database. Loaded after the first screen: recording does not need it. */
import type { Answer } from '../sync/answer.ts'
import type { ExchangeStore } from '../sync/exchange.ts'
import { byte_length, type Mutation } from '../sync/mutation.ts'
import { NEW_META, phase_range, type SyncRow } from './account_db.ts'
import { type Applied, apply_answer } from './apply.ts'
import type { Outbox } from './outbox.ts'

const SYNCS_KEPT = 10

export class SyncStore implements ExchangeStore {
  /** How many were taken in. */
  answers = 0

  constructor(private readonly outbox: Outbox) {}

  /** Mutations without a receipt in the order of recording, as many as fit, and how many there are in all. */
  next_batch(
    count_max: number,
    bytes_max: number,
  ): Promise<{ cursor: string | null; mutations: Mutation[]; unsent: number }> {
    return this.outbox.db.read(['meta', 'outbox'], async (tx) => {
      const { cursor } = (await tx.objectStore('meta').get('meta')) ?? NEW_META
      const by_phase = tx.objectStore('outbox').index('phase')
      const entries = await by_phase.getAll(phase_range('unsent'), count_max)
      const mutations: Mutation[] = []
      let bytes = 0
      for (const { mutation } of entries) {
        bytes += byte_length(mutation) + 1
        if (bytes > bytes_max && mutations.length > 0) break
        mutations.push(mutation)
      }
      return { cursor, mutations, unsent: await by_phase.count(phase_range('unsent')) }
    })
  }

  async apply(asked: string | null, answer: Answer): Promise<Applied> {
    const applied = await apply_answer(this.outbox.db, asked, answer, this.outbox)
    this.answers += 1
    return applied
  }

  /** Keeps the last ten syncs; the same failure again takes the place of the one before. */
  note_sync(entry: SyncRow): Promise<void> {
    return this.outbox.db.write(['syncs'], async (tx) => {
      const store = tx.objectStore('syncs')
      const keys = await store.getAllKeys()
      const [last] = keys.slice(-1)
      const repeats =
        last !== undefined && entry.error !== null && (await store.get(last))?.error === entry.error
      await store.put(entry, repeats ? last : (last ?? 0) + 1)
      for (const key of keys.slice(0, -SYNCS_KEPT + Number(!repeats))) await store.delete(key)
    })
  }
}
