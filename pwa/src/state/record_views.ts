/** What the screens beside selling show of a record. */
import { day_of } from '../db/day.ts'
import type { OutboxEntry } from '../sync/mutation.ts'
import type { SeenRecord } from '../sync/overlay.ts'
import { ms_of } from '../sync/stamps.ts'
import type {
  MoneyWith,
  Payment,
  RecordState,
  RecordView,
  SaleView,
  StateReason,
  StockKind,
  StockView,
} from './types.ts'
import { type Fields, id_or_null, listing_view, member_view, number, text } from './views.ts'

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
