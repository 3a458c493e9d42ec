/** The database of one account on this phone (one replica): the server's rows and what is on the way to it. */
import type { DBSchema, IDBPDatabase } from 'idb'
import type { Change } from '../sync/answer.ts'
import type { Digest } from '../sync/fingerprint.ts'
import type { OutboxEntry, Phase } from '../sync/mutation.ts'
import type { Stamp } from '../sync/stamps.ts'
import type { WallState } from '../sync/wall_clock.ts'
import { next_day, start_of } from './day.ts'
import { Database, type OnWait, type UpgradeTx } from './open.ts'

/** Rows live on one of two sides. A reset fills the other one and then turns over, so that nothing flickers. */
export type Side = 0 | 1

export interface Row extends Change {
  side: Side
}

/** Of the rows of one side: what counts on a day (Asia/Ho_Chi_Minh), and how many sales there are to show. */
export interface DayTotalRow {
  side: Side
  day: string
  count: number
  total_vnd: number
  sales: number
}

/** Of the rows of one side: what counts of a member's sales on a day, by who has the money. */
export interface DaySumsRow {
  side: Side
  /** '': the co-operative's own. */
  member_id: string
  day: string
  /** All there are to show. */
  sales: number
  with_member_vnd: number
  with_coop_vnd: number
  on_credit_vnd: number
}

export interface SyncRow {
  started_at_ms: number
  ended_at_ms: number
  sent: number
  received: number
  checked: boolean
  error: string | null
}

export interface Meta {
  side: Side
  /** While a reset is being received: its pages go to the other side. */
  staging: boolean
  cursor: string | null
  digests: [Digest, Digest]
  /** The greatest stamp of any row: the clock starts past it. */
  rows_stamp: Stamp
  safe: number
  /** The first pull is stored. */
  pulled: boolean
  /** The server's digest at the last page, and whether ours was equal. */
  there: Digest | null
  checked_at_ms: number | null
  differs: boolean
  /** When everything was last asked anew because the digests differed. */
  asked_anew_at_ms: number
  last_sync_at_ms: number | null
  /** The sums by member are kept; where an earlier release kept none they are made when they are first needed. */
  summed?: true
  wall: WallState
}

export interface AccountSchema extends DBSchema {
  meta: { key: 'meta'; value: Meta }
  rows: {
    key: [Side, string, string]
    value: Row
    indexes: {
      /** Sales by time; rows without these fields are not in it. */
      sold_at: [Side, string]
      listing: [Side, string, string]
      payment: [Side, string]
      buyer: [Side, string]
    }
  }
  day_totals: { key: [Side, string]; value: DayTotalRow }
  day_sums: { key: [Side, string, string]; value: DaySumsRow }
  outbox: {
    key: number
    value: OutboxEntry
    indexes: { at: string; phase: [Phase, number]; record: [string, string] }
  }
  /** Records that did not come back after a reset; at which launch the server was told of them since. */
  aside: { key: [string, string]; value: Change & { offered?: string } }
  syncs: { key: number; value: SyncRow }
}

export const NEW_META: Meta = {
  side: 0,
  staging: false,
  cursor: null,
  digests: [{}, {}],
  rows_stamp: '000000000000-0000-00000000',
  safe: 0,
  pulled: false,
  there: null,
  checked_at_ms: null,
  differs: false,
  asked_anew_at_ms: 0,
  last_sync_at_ms: null,
  summed: true,
  wall: { drift_ms: 0, raw_ms: 0, corrected_ms: 0 },
}

export const side_range = (side: Side): IDBKeyRange => IDBKeyRange.bound([side], [side, []])
export const entity_range = (side: Side, entity: string): IDBKeyRange =>
  IDBKeyRange.bound([side, entity], [side, entity, []])
/** Of the index `sold_at`: days from `low` to `high`, both included; '9' comes after every day. */
export function days_range(side: Side, low: string, high: string): IDBKeyRange {
  const upper = high === '9' ? '9' : start_of(next_day(high))
  return IDBKeyRange.bound([side, start_of(low)], [side, upper], false, true)
}
/** Outbox entries of a phase in the order of their receipts; unsent ones in the order of recording. */
export const phase_range = (phase: Phase, seq_max?: number): IDBKeyRange =>
  IDBKeyRange.bound([phase], seq_max === undefined ? [phase, []] : [phase, seq_max])

export function open_account_db(replica: string, on_wait?: OnWait): Database<AccountSchema> {
  return new Database<AccountSchema>(
    {
      name: `chophien-${replica}`,
      version: 3,
      upgrade(db, from, tx) {
        if (from < 1) create(db)
        if (from < 2) index_buyers(tx)
        if (from < 3) db.createObjectStore('day_sums', { keyPath: ['side', 'member_id', 'day'] })
      },
    },
    on_wait,
  )
}

/** Who owes, and who has ever bought: found without reading all sales. */
function index_buyers(tx: UpgradeTx<AccountSchema>): void {
  const rows = tx.objectStore('rows')
  rows.createIndex('payment', ['side', 'row.payment'])
  rows.createIndex('buyer', ['side', 'row.buyer_name'])
}

/** As the first release made it. */
function create(db: IDBPDatabase<AccountSchema>): void {
  db.createObjectStore('meta')
  const rows = db.createObjectStore('rows', { keyPath: ['side', 'entity', 'id'] })
  rows.createIndex('sold_at', ['side', 'row.sold_at'])
  rows.createIndex('listing', ['side', 'entity', 'row.listing_id'])
  db.createObjectStore('day_totals', { keyPath: ['side', 'day'] })
  const outbox = db.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true })
  outbox.createIndex('at', 'mutation.at')
  outbox.createIndex('phase', ['phase', 'seq'])
  outbox.createIndex('record', ['mutation.entity', 'mutation.id'])
  db.createObjectStore('aside', { keyPath: ['entity', 'id'] })
  db.createObjectStore('syncs')
}
