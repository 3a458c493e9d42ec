/** From what is seen of a record to what a screen shows. Absent fields have their plain defaults here, once. */
import { day_of } from '../db/day.ts'
import type { OutboxEntry } from '../sync/mutation.ts'
import type { SeenRecord } from '../sync/overlay.ts'
import { ms_of } from '../sync/stamps.ts'
import type {
  ListingView,
  MemberView,
  MoneyWith,
  Payment,
  RecordState,
  RecordView,
  SaleView,
  StateReason,
  StockKind,
  StockView,
} from './types.ts'

/** The address of nothing at all: a listing whose photo was taken away. */
export const NO_PHOTO = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

type Fields = Record<string, unknown>

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number => (typeof value === 'number' ? value : 0)
const id_or_null = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** What of a record is only here, refused or looked at, from its mutations on this phone. */
export function state_of(seen: SeenRecord, entries: OutboxEntry[]): RecordState {
  const has = (phase: OutboxEntry['phase']) => entries.some((entry) => entry.phase === phase)
  if (has('rejected')) return 'refused'
  if (has('unsent')) return 'phone'
  if (has('held') || number(seen.derived.open_reviews) > 0) return 'look'
  return 'coop'
}

export function reasons_of(seen: SeenRecord, entries: OutboxEntry[]): StateReason[] {
  const reasons: StateReason[] = []
  for (const { phase, receipt, recorded_at_ms, mutation } of entries) {
    const { errors = {}, note = '' } = receipt ?? {}
    if (phase === 'rejected') {
      reasons.push({ code: 'refused', recorded_at_ms, errors, at: mutation.at, note })
    } else if (phase === 'unsent' || phase === 'held') {
      const code = phase === 'held' ? 'held' : 'not_sent'
      reasons.push({ code, recorded_at_ms, errors: {}, at: null, note })
    }
  }
  const plain = { recorded_at_ms: null, errors: {}, at: null, note: '' }
  if (number(seen.derived.open_reviews) > 0) reasons.push({ code: 'under_review', ...plain })
  if (reasons.length === 0) reasons.push({ code: 'received', ...plain })
  return reasons
}

/** Whether a complete sale counts: the server's word, unless it was voided or is not there yet. */
export function sale_counts(seen: SeenRecord, is_confirmed: boolean): boolean {
  if (!seen.complete || seen.row.voided === true) return false
  return is_confirmed ? seen.derived.counts === true : true
}

export function sale_view(id: string, row: Fields, counts: boolean, state: RecordState): SaleView {
  return {
    entity: 'sale',
    id,
    product_name: text(row.product_name),
    unit: text(row.unit),
    quantity_milli: number(row.quantity_milli),
    unit_price_vnd: number(row.unit_price_vnd),
    total_vnd: number(row.total_vnd),
    sold_at: text(row.sold_at),
    day: day_of(text(row.sold_at)),
    payment: row.payment as Payment,
    listing_id: id_or_null(row.listing_id),
    replaces_id: id_or_null(row.replaces_id),
    member_id: id_or_null(row.member_id),
    money_with: row.money_with as MoneyWith,
    buyer_name: text(row.buyer_name),
    note: text(row.note),
    due_on: text(row.due_on),
    settled: row.settled === true,
    voided: row.voided === true,
    void_reason: text(row.void_reason),
    counts,
    state,
  }
}

export function listing_view(
  id: string,
  row: Fields,
  left_milli: number,
  state: RecordState,
  own_id: string,
): ListingView {
  return {
    entity: 'listing',
    id,
    product_name: text(row.product_name),
    unit: text(row.unit),
    price_vnd: number(row.price_vnd),
    description: text(row.description),
    photo: row.photo === NO_PHOTO ? null : id_or_null(row.photo),
    status: row.status === 'withdrawn' ? 'withdrawn' : 'offered',
    approval: row.approval === 'approved' || row.approval === 'refused' ? row.approval : null,
    approval_note: text(row.approval_note),
    member_id: id_or_null(row.member_id),
    mine: row.member_id === own_id,
    left_milli,
    state,
  }
}

export function stock_view(id: string, seen: SeenRecord, state: RecordState): StockView {
  const { row, stamps } = seen
  // The stamp of a phone whose clock was ahead may say nothing; ids made here begin with the time.
  const stamped_ms = ms_of(stamps.quantity_milli ?? '')
  return {
    entity: 'stock_entry',
    id,
    listing_id: text(row.listing_id),
    quantity_milli: number(row.quantity_milli),
    kind: row.kind as StockKind,
    member_id: id_or_null(row.member_id),
    note: text(row.note),
    voided: row.voided === true,
    recorded_at_ms: stamped_ms > 0 ? stamped_ms : Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16),
    state,
  }
}

export function member_view(id: string, row: Fields, state: RecordState): MemberView {
  return {
    entity: 'member',
    id,
    name: text(row.name),
    called: text(row.called),
    village: text(row.village),
    language: text(row.language),
    active: row.active !== false,
    state,
  }
}

/** Any record; `row` may be that of a refused creation, which the overlay does not show. */
export function record_view(
  entity: string,
  id: string,
  seen: SeenRecord,
  row: Fields,
  known: { counts: boolean; state: RecordState; left_milli: number; own_id: string },
): RecordView | null {
  if (entity === 'sale') return sale_view(id, row, known.counts, known.state)
  if (entity === 'listing') return listing_view(id, row, known.left_milli, known.state, known.own_id)
  if (entity === 'stock_entry') return stock_view(id, { ...seen, row }, known.state)
  if (entity === 'member') return member_view(id, row, known.state)
  return null
}
