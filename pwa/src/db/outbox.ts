/** Recording: the one way into the outbox. */
import { build_mutation, is_too_large, type OutboxEntry } from '../sync/mutation.ts'
import { lay_over, type SeenRecord } from '../sync/overlay.ts'
import type { Rules } from '../sync/rules.ts'
import type { Clock } from '../sync/stamps.ts'
import { DRIFT_TOLD_MS, type WallClock } from '../sync/wall_clock.ts'
import { type AccountSchema, type Meta, NEW_META, type Row } from './account_db.ts'
import type { Database } from './open.ts'

/** What is to be recorded of one record. `check` may refuse after seeing what the person saw, by throwing. */
export interface Draft {
  entity: string
  id: string
  changes: Record<string, unknown>
  /** Its id was made just now, so there is nothing of it to read. */
  is_new?: true
  check?: (seen: SeenRecord) => void
}

export interface Recorded {
  entry: OutboxEntry
  /** The server's row under it. */
  row: Row | undefined
}

export class TooLargeError extends Error {
  readonly code = 'too_large'
}

/** Where one account records; its clock and its rules. */
export class Outbox {
  constructor(
    readonly db: Database<AccountSchema>,
    readonly rules: Rules,
    readonly clock: Clock,
    readonly wall: WallClock,
  ) {}

  /**
   * Records all drafts in one transaction, on the disk when it resolves. `dealt_with`: stamps of refused mutations
   * that go with it.
   */
  record(drafts: Draft[], dealt_with: string[] = []): Promise<Recorded[]> {
    if (dealt_with.length === 0 && drafts.every(({ is_new }) => is_new)) return this.record_new(drafts)
    return this.db.write(['meta', 'rows', 'outbox'], async (tx) => {
      const outbox = tx.objectStore('outbox')
      for (const at of dealt_with) {
        for (const order of await outbox.index('at').getAllKeys(at)) await outbox.delete(order)
      }
      const { side } = (await tx.objectStore('meta').get('meta')) ?? NEW_META
      const recorded: Recorded[] = []
      for (const draft of drafts) {
        const row = await tx.objectStore('rows').get([side, draft.entity, draft.id])
        const earlier = await outbox.index('record').getAll([draft.entity, draft.id])
        const entry = this.entry_of(draft, lay_over(this.rules, draft.entity, row, earlier))
        const order = await outbox.add(entry as OutboxEntry)
        recorded.push({ entry: { ...entry, order }, row })
      }
      return recorded
    })
  }

  /** Waits for the disk alone: no store but the outbox, nothing read, and committed with the last request. */
  private record_new(drafts: Draft[]): Promise<Recorded[]> {
    return this.db.write(['outbox'], async (tx) => {
      const nothing = (entity: string) => lay_over(this.rules, entity, undefined, [])
      const entries = drafts.map((draft) => this.entry_of(draft, nothing(draft.entity)))
      const added = entries.map((entry) => tx.objectStore('outbox').add(entry as OutboxEntry))
      tx.commit()
      const orders = await Promise.all(added)
      return entries.map((entry, n) => ({ entry: { ...entry, order: orders[n] ?? 0 }, row: undefined }))
    })
  }

  /** What the last answer taught this phone about the time, in whichever tab it came. */
  learn({ wall, rows_stamp }: Pick<Meta, 'wall' | 'rows_stamp'>): void {
    this.wall.adopt(wall)
    this.clock.see(rows_stamp)
    this.clock.restart_if_ahead(this.wall.now(), rows_stamp, DRIFT_TOLD_MS)
  }

  private entry_of(draft: Draft, seen: SeenRecord): Omit<OutboxEntry, 'order'> {
    draft.check?.(seen)
    for (const stamp of Object.values(seen.stamps)) this.clock.see(stamp)
    const recorded_at_ms = this.wall.now()
    const at = this.clock.read(recorded_at_ms)
    const mutation = build_mutation(at, draft.entity, draft.id, draft.changes, seen)
    if (is_too_large(mutation)) throw new TooLargeError()
    return { mutation, phase: 'unsent', seq: 0, receipt: null, recorded_at_ms }
  }
}
