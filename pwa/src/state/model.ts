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

/** What one record adds to what the server's rows alone give. */
interface Effect {
  day: string
  count: number
  total_vnd: number
  listing_id: string
  left_milli: number
  /** Complete, and only the outbox has it. */
  is_new: boolean
  is_unsent: boolean
}

export class Model {
  meta: Meta = NEW_META
  syncs: SyncRow[] = []
  /** Everything of the outbox that is not settled, by record. */
  readonly entries = new Map<string, OutboxEntry[]>()
  readonly rows = new Map<string, Row>()
  /** What the outbox adds, summed up: to days, to what is left of listings, to the number of records. */
  readonly by_day = new Map<string, { count: number; total_vnd: number }>()
  readonly by_listing = new Map<string, number>()
  readonly new_records = new Map<string, number>()
  unsent_records = 0
  private readonly effects = new Map<string, Effect>()
  private readonly ids = new Map<string, Set<string>>()
  private totals = new Map<string, DayTotalRow>()

  constructor(readonly rules: Rules) {}

  /** Reads anew in one transaction. `day_at` names the day whose total is at hand without asking. */
  async load(db: Database<AccountSchema>, day_at: (meta: Meta) => string): Promise<void> {
    await db.read(['meta', 'rows', 'outbox', 'day_totals', 'syncs'], async (tx) => {
      const meta = (await tx.objectStore('meta').get('meta')) ?? NEW_META
      const today = day_at(meta)
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
      for (const known of [this.entries, this.rows, this.by_day, this.by_listing, this.new_records])
        known.clear()
      for (const known of [this.effects, this.ids]) known.clear()
      this.unsent_records = 0
      this.totals = new Map(total ? [[today, total]] : [])
      for (const row of [...listings, ...members, ...under]) if (row) this.put_row(row)
      for (const entry of entries) this.push(entry)
      for (const key of this.entries.keys()) this.weigh(key)
    })
  }

  /** What was just recorded, without reading everything again. `dealt_with` are stamps of entries that are gone. */
  take(recorded: Recorded[], dealt_with: string[]): void {
    for (const [key, entries] of dealt_with.length > 0 ? this.entries : []) {
      const left = entries.filter(({ mutation }) => !dealt_with.includes(mutation.at))
      if (left.length === entries.length) continue
      if (left.length > 0) this.entries.set(key, left)
      else this.entries.delete(key)
      this.weigh(key)
    }
    for (const { entry, row } of recorded) {
      const key = key_of(entry.mutation.entity, entry.mutation.id)
      if (row && !this.rows.has(key)) this.put_row(row)
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

  /** The total of a day; `kept` is the database's, at hand for the day that `load` has read. */
  day_total(day: string, kept = this.totals.get(day)): { count: number; total_vnd: number } {
    const added = this.by_day.get(day)
    return {
      count: (kept?.count ?? 0) + (added?.count ?? 0),
      total_vnd: (kept?.total_vnd ?? 0) + (added?.total_vnd ?? 0),
    }
  }

  /** Every record of an entity that is in memory. */
  ids_of(entity: string): ReadonlySet<string> {
    return this.ids.get(entity) ?? new Set()
  }

  private put_row(row: Row): void {
    this.rows.set(key_of(row.entity, row.id), row)
    this.put_id(row.entity, row.id)
  }

  private put_id(entity: string, id: string): void {
    const ids = this.ids.get(entity)
    if (ids) ids.add(id)
    else this.ids.set(entity, new Set([id]))
  }

  /** Another tab's word may come after its entry was read: once is enough. */
  private push(entry: OutboxEntry): void {
    const { entity, id } = entry.mutation
    const key = key_of(entity, id)
    this.put_id(entity, id)
    const entries = this.entries.get(key) ?? []
    if (entries.some(({ order }) => order === entry.order)) return
    entries.push(entry)
    this.entries.set(key, entries)
  }

  private weigh(key: string): void {
    const [entity = '', id = ''] = key.split('/')
    const row = this.rows.get(key)
    const seen = this.seen(entity, id, row)
    const counted = entity === 'sale' && row?.derived.counts === true
    const counts = entity === 'sale' && sale_counts(seen, row !== undefined)
    const total_vnd = Number(seen.row.total_vnd ?? 0)
    const by = Number(counts) - Number(counted)
    const before = this.effects.get(key)
    const effect = {
      day: entity === 'sale' ? day_of(String(seen.row.sold_at)) : '',
      count: by,
      total_vnd: by * total_vnd,
      listing_id: String(seen.row.listing_id ?? ''),
      left_milli: this.stock(entity, seen, row, by),
      is_new: seen.complete && row === undefined,
      is_unsent: this.entries_of(entity, id).some(({ phase }) => phase === 'unsent'),
    }
    this.effects.set(key, effect)
    if (before) this.add_up(entity, before, -1)
    this.add_up(entity, effect, 1)
  }

  private add_up(entity: string, effect: Effect, sign: 1 | -1): void {
    const { day, listing_id } = effect
    const sum = this.by_day.get(day) ?? { count: 0, total_vnd: 0 }
    this.by_day.set(day, {
      count: sum.count + sign * effect.count,
      total_vnd: sum.total_vnd + sign * effect.total_vnd,
    })
    this.by_listing.set(listing_id, (this.by_listing.get(listing_id) ?? 0) + sign * effect.left_milli)
    if (effect.is_new) this.new_records.set(entity, (this.new_records.get(entity) ?? 0) + sign)
    if (effect.is_unsent) this.unsent_records += sign
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
