/** Typed reads of the REST endpoints for the office and the province. Imported only by their screens (a lazy chunk). */
import type { EntityName, MemberView, Role } from './types.ts'

export interface Page<T> {
  items: T[]
  /** Pass as `after` for the next page; null: this was the last. */
  next: string | null
}

export interface ListParams {
  coop?: string
  since?: string
  until?: string
  q?: string
  status?: string
  kind?: string
  limit?: number
  after?: string
}

/** A row as the server keeps it, with what it derived. Optional fields may be absent. */
export interface StaffSale {
  id: string
  coop_id: string
  product_name: string
  unit: string
  quantity_milli: number
  unit_price_vnd: number
  total_vnd: number
  sold_at: string
  payment: 'cash' | 'transfer' | 'credit'
  listing_id?: string
  replaces_id?: string
  member_id: string | null
  money_with: 'member' | 'coop'
  buyer_name?: string
  note?: string
  settled?: boolean
  voided?: boolean
  void_reason?: string
  counts: boolean
  open_reviews: number
}

export interface StaffSalesPage extends Page<StaffSale> {
  /** Only on the first page. */
  totals?: { count: number; total_vnd: number }
}

export interface StaffListing {
  id: string
  coop_id: string
  product_name: string
  unit: string
  price_vnd: number
  description?: string
  status?: 'offered' | 'withdrawn'
  approval?: 'approved' | 'refused'
  approval_note?: string
  member_id: string | null
  left_milli: number
  open_reviews: number
}

export interface StaffMember extends Omit<MemberView, 'entity' | 'state'> {
  coop_id: string
  /** When any of this person's phones last synced, ms; null: never. */
  last_sync_at: number | null
  replicas: number
}

export interface ReviewSide {
  value: unknown
  account: string
  replica: string
  at: string
  arrived_at: string
}

export interface Review {
  id: string
  kind: string
  status: 'open' | 'resolved' | 'closed'
  coop_id: string
  entity: EntityName
  record_id: string
  field?: string
  sides: ReviewSide[]
  opened_at: string
}

export interface HistoryItem {
  at: string
  entity: EntityName
  id: string
  set: Record<string, unknown>
  account: string
  account_name?: string
  role?: Role
  replica: string
  recorded_at: string
  arrived_at: string
  outcome: 'applied' | 'merged' | 'held' | 'rejected'
  errors?: Record<string, string[]>
  fields?: Record<string, string>
}

export interface StaffCoop {
  id: string
  name: string
  commune_name?: string
  province_name?: string
  last_sync_at: number | null
}

/** `no_network`, `no_answer`, `timeout`, `needs_password`, or the server's own problem code. */
export class StaffError extends Error {
  constructor(readonly code: string) {
    super(code)
    this.name = 'StaffError'
  }
}

export async function fetch_sales(_params: ListParams): Promise<StaffSalesPage> {
  throw new StaffError('no_network')
}
export async function fetch_listings(_params: ListParams): Promise<Page<StaffListing>> {
  throw new StaffError('no_network')
}
export async function fetch_members(_params: ListParams): Promise<Page<StaffMember>> {
  throw new StaffError('no_network')
}
export async function fetch_reviews(_params: ListParams): Promise<Page<Review>> {
  throw new StaffError('no_network')
}
export async function fetch_history(
  _entity: EntityName,
  _id: string,
  _coop?: string,
): Promise<HistoryItem[]> {
  throw new StaffError('no_network')
}
export async function fetch_coops(): Promise<StaffCoop[]> {
  throw new StaffError('no_network')
}
/** A one-time code (24 h) for the member's QR. */
export async function create_enrolment(_member_id: string): Promise<{ code: string; expires_at: string }> {
  throw new StaffError('no_network')
}
