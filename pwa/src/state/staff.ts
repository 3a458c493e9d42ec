/** Typed reads of the REST endpoints for the office and the province. Imported only by their screens (a lazy chunk). */
import { type RequestOptions, TransportError } from '../sync/transport.ts'
import { call } from './caller.ts'
import type { MemberView, Role } from './types.ts'

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
  /** Whose goods; null: the co-operative's own. */
  member_name: string | null
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

export interface StaffMember extends Omit<MemberView, 'entity' | 'state'> {
  coop_id: string
  /** When any of this person's phones last synced; null: never. */
  last_sync_at: string | null
  replicas: number
}

/** What became of one field of a mutation; `held` and `rejected` as the whole. */
export interface FieldFate {
  value: unknown
  result: 'current' | 'replaced' | 'lost' | 'same' | 'ignored' | 'held' | 'rejected'
}

export interface HistoryItem {
  at: string
  account: string
  account_name: string | null
  role: Role
  replica: string
  /** By the phone's clock; null when its stamp is none. */
  recorded_at: string | null
  arrived_at: string
  outcome: 'applied' | 'merged' | 'held' | 'rejected'
  errors?: Record<string, string[]>
  /** What whoever decided had to say to its author. */
  note?: string
  fields: Record<string, FieldFate>
}

export interface StaffCoop {
  id: string
  name: string
  kind: string
  tax_code: string | null
  commune_code: string
  commune_name: string
  province_name: string
  members: number
  open_reviews: number
  last_sync_at: string | null
}

/** `no_network`, `no_answer`, `timeout`, `needs_password`, or the server's own problem code. */
export class StaffError extends Error {
  constructor(
    readonly code: string,
    /** Codes per field, with `invalid`. */
    readonly errors: unknown = null,
  ) {
    super(code)
    this.name = 'StaffError'
  }
}

export async function ask<T>(
  path: string,
  options: RequestOptions,
  is_ours: (answer: T) => boolean,
): Promise<T> {
  try {
    const answer = (await call(`/api/v1${path}`, options)) as T
    if (typeof answer !== 'object' || answer === null || !is_ours(answer))
      throw new TransportError('no_answer')
    return answer
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    const is_signed_out = error.code === 'unauthenticated' || error.code === 'token_expired'
    throw new StaffError(is_signed_out ? 'needs_password' : (error.problem ?? error.code), error.errors)
  }
}

export function list<P extends Page<unknown>>(path: string, params: ListParams = {}): Promise<P> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== '') query.set(name, String(value))
  }
  return ask<P>(`${path}?${query}`, { method: 'GET' }, (answer) => Array.isArray(answer.items))
}

export const fetch_sales = (params: ListParams): Promise<StaffSalesPage> => list('/sales', params)

export async function fetch_coops(): Promise<StaffCoop[]> {
  return (await list<Page<StaffCoop>>('/coops')).items
}

/** A one-time code (24 h) for the member's QR. */
export function create_enrolment(member_id: string): Promise<{ code: string; expires_at: string }> {
  return ask<{ code: string; expires_at: string }>(
    '/enrolments',
    { body: { member_id } },
    ({ code }) => typeof code === 'string',
  )
}
