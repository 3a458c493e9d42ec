/** From what is seen of a record to what a screen shows. Absent fields have their plain defaults here, once. */
import type { OutboxEntry } from '../sync/mutation.ts'
import type { SeenRecord } from '../sync/overlay.ts'
import type { ListingView, MemberView, RecordState } from './types.ts'

/** The address of nothing at all: a listing whose photo was taken away. */
export const NO_PHOTO = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

export type Fields = Record<string, unknown>

export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
export const number = (value: unknown): number => (typeof value === 'number' ? value : 0)
export const id_or_null = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** What of a record is only here, refused or looked at, from its mutations on this phone. */
export function state_of(seen: SeenRecord, entries: OutboxEntry[]): RecordState {
  const has = (phase: OutboxEntry['phase']) => entries.some((entry) => entry.phase === phase)
  if (has('rejected')) return 'refused'
  if (has('unsent')) return 'phone'
  if (has('held') || number(seen.derived.open_reviews) > 0) return 'look'
  return 'coop'
}

/** Whether a complete sale counts: the server's word, unless it was voided or is not there yet. */
export function sale_counts(seen: SeenRecord, is_confirmed: boolean): boolean {
  if (!seen.complete || seen.row.voided === true) return false
  return is_confirmed ? seen.derived.counts === true : true
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
