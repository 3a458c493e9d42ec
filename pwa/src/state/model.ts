/**
 * What is kept in memory of one account: listings, members, the outbox, and the rows under it. Sales are not: the
 * totals of days are kept by the database, and what the outbox changes in them is kept here.
 */
import type { AccountSchema, DayTotalRow, Meta, Row, SyncRow } from '../db/account_db.ts'
import { entity_range, NEW_META, phase_range } from '../db/account_db.ts'
import { day_of } from '../db/day.ts'
import type { Database } from '../db/open.ts'
import type { Recorded } from '../db/outbox.ts'
import type { OutboxEntry } from '../sync/mutation.ts'
import { lay_over, type SeenRecord } from '../sync/overlay.ts'
import type { Rules } from '../sync/rules.ts'
import { sale_counts } from './views.ts'

export const key_of = (entity: string, id: string): string => `${entity}/${id}`

/** What one record adds to the totals that the server's rows alone give. */
interface Effect {
  day: string
  count: number
  total_vnd: number
  listing_id: string
  left_milli: number
  is_new: boolean
}

export class Model {
  meta: Meta = NEW_META
  syncs: SyncRow[] = []
  /** Everything of the outbox that is not settled, by record. */
  readonly entries = new Map<string, OutboxEntry[]>()
  readonly rows = new Map<string, Row>()
  private readonly effects = new Map<string, Effect>()
  private totals = new Map<string, DayTotalRow>()

  constructor(readonly rules: Rules) {}

  /** Reads anew in one transaction. `today` is the day whose total is at hand without asking. */
  async load(db: Database<AccountSchema>, today: string): Promise<void> {
    await db.read(['meta', 'rows', 'outbox', 'day_totals', 'syncs'], async (tx) => {
      const meta = (await tx.objectStore('meta').get('meta')) ?? NEW_META
      const rows = tx.objectStore('rows')
      const by_phase = tx.objectStore('outbox').index('phase')
      const phases = ['unsent', 'received', 'held', 'rejected'] as const
      const [listings, members, total, syncs, ...found] = await Promise.all([
        rows.getAll(entity_range(meta.side, 'listing')),
        rows.getAll(entity_range(meta.side, 'member')),
        tx.objectStore('day_totals').get([meta.side, today]),
        tx.objectStore('syncs').getAll(),
        ...phases.map((phase) => by_phase.getAll(phase_range(phase))),
      ])
      const entries = found.flat().sort((a, b) => a.order - b.order)
      const touched = entries.map(({ mutation }) => [meta.side, mutation.entity, mutation.id] as const)
      const under = await Promise.all(touched.map(([side, entity, id]) => rows.get([side, entity, id])))

      this.meta = meta
      this.syncs = syncs
      this.entries.clear()
      this.rows.clear()
      this.effects.clear()
      this.totals = new Map(total ? [[today, total]] : [])
      for (const row of [...listings, ...members, ...under])
        if (row) this.rows.set(key_of(row.entity, row.id), row)
      for (const entry of entries) this.push(entry)
      for (const key of this.entries.keys()) this.weigh(key)
    })
  }

  /** What was just recorded, without reading everything again. `dealt_with` are stamps of entries that are gone. */
  take(recorded: Recorded[], dealt_with: string[]): void {
    for (const [key, entries] of this.entries) {
      const left = entries.filter(({ mutation }) => !dealt_with.includes(mutation.at))
      if (left.length === entries.length) continue
      if (left.length > 0) this.entries.set(key, left)
      else this.entries.delete(key)
      this.weigh(key)
    }
    for (const { entry, row } of recorded) {
      const key = key_of(entry.mutation.entity, entry.mutation.id)
      if (row) this.rows.set(key, row)
      this.push(entry)
      this.weigh(key)
    }
  }

  seen(entity: string, id: string, row = this.rows.get(key_of(entity, id))): SeenRecord {
    return lay_over(this.rules, entity, row, this.entries_of(entity, id))
  }

  entries_of(entity: string, id: string): OutboxEntry[] {
    return this.entries.get(key_of(entity, id)) ?? []
  }

  /** Refused creations show what the person entered: the refused values under what is seen. */
  shown_row(seen: SeenRecord, entries: OutboxEntry[]): Record<string, unknown> {
    if (seen.complete) return seen.row
    const refused = entries.filter(({ phase }) => phase === 'rejected').map(({ mutation }) => mutation.set)
    return Object.assign({}, ...refused, seen.row)
  }

  /** What the outbox adds to the totals of days. */
  day_effects(): Map<string, { count: number; total_vnd: number }> {
    const sums = new Map<string, { count: number; total_vnd: number }>()
    for (const { day, count, total_vnd } of this.effects.values()) {
      if (count === 0) continue
      const sum = sums.get(day)
      sums.set(day, { count: (sum?.count ?? 0) + count, total_vnd: (sum?.total_vnd ?? 0) + total_vnd })
    }
    return sums
  }

  /** The total of a day; `kept` is the database's, at hand for the day that `load` has read. */
  day_total(day: string, kept = this.totals.get(day)): { count: number; total_vnd: number } {
    const effect = this.day_effects().get(day)
    return {
      count: (kept?.count ?? 0) + (effect?.count ?? 0),
      total_vnd: (kept?.total_vnd ?? 0) + (effect?.total_vnd ?? 0),
    }
  }

  /** What the outbox adds to what is left, by listing. */
  left_effects(): Map<string, number> {
    const sums = new Map<string, number>()
    for (const { listing_id, left_milli } of this.effects.values()) {
      if (left_milli !== 0) sums.set(listing_id, (sums.get(listing_id) ?? 0) + left_milli)
    }
    return sums
  }

  /** Complete records of an entity that only the outbox has. */
  new_records(entity: string): number {
    let records = 0
    for (const [key, effect] of this.effects) if (effect.is_new && key.startsWith(`${entity}/`)) records++
    return records
  }

  private push(entry: OutboxEntry): void {
    const key = key_of(entry.mutation.entity, entry.mutation.id)
    const entries = this.entries.get(key)
    if (entries) entries.push(entry)
    else this.entries.set(key, [entry])
  }

  private weigh(key: string): void {
    const [entity = '', id = ''] = key.split('/')
    const row = this.rows.get(key)
    const seen = this.seen(entity, id, row)
    const counted = entity === 'sale' && row?.derived.counts === true
    const counts = entity === 'sale' && sale_counts(seen, row !== undefined)
    const total_vnd = Number(seen.row.total_vnd ?? 0)
    const by = Number(counts) - Number(counted)
    this.effects.set(key, {
      day: entity === 'sale' ? day_of(String(seen.row.sold_at)) : '',
      count: by,
      total_vnd: by * total_vnd,
      listing_id: String(seen.row.listing_id ?? ''),
      left_milli: this.stock(entity, seen, row, by),
      is_new: seen.complete && row === undefined,
    })
  }

  /** How much the outbox changes what is left of the record's listing. */
  private stock(entity: string, seen: SeenRecord, row: Row | undefined, sale_by: number): number {
    const quantity_milli = Number(seen.row.quantity_milli ?? 0)
    if (entity === 'sale') return -sale_by * quantity_milli
    if (entity !== 'stock_entry') return 0
    const stands = seen.complete && seen.row.voided !== true
    const stood = row !== undefined && row.row.voided !== true
    return (Number(stands) - Number(stood)) * quantity_milli
  }
}
