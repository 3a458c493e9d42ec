/** The co-operative's money as a manager reads and writes it, on line. Imported only by its screens (a lazy chunk). */
import type { Payment, Summary } from '../generated/entities.ts'
import { new_id } from './id.ts'
import { fetch_or_kept, type Kept } from './kept.ts'
import { ask } from './staff.ts'
import type { Sums } from './statement.ts'
import { fetch_file } from './steps.ts'

export interface StaffSeason {
  id: string
  name: string
  starts_on: string
  ends_on: string
  closed: boolean
}

export interface AccountSums extends Sums {
  before_vnd: number
  late_vnd: number
  sold_vnd: number
  owed_vnd: number
}

export interface AccountLine extends AccountSums {
  member_id: string
  name: string
  village: string
}

export interface Accounts {
  /** Of the period that is shown; null: after the last season. */
  season: StaffSeason | null
  seasons: StaffSeason[]
  items: AccountLine[]
  /** Of all members. */
  totals: AccountSums
  /** The co-operative's own goods. */
  own: AccountSums
}

export interface MemberAccount extends AccountLine {
  season: StaffSeason | null
  goods: {
    product_name: string
    unit: string
    delivered_milli: number
    sold_milli: number
    total_vnd: number
  }[]
  payments: (Payment & { id: string })[]
  debts: { id: string; product_name: string; total_vnd: number; sold_at: string; buyer_name: string | null }[]
}

export interface LateItem {
  entity: string
  id: string
  member_name: string
  day: string
  what: string
  effect_vnd: number
  why: 'arrived' | 'voided' | 'settled' | 'replaced'
}

export type PaymentKind = Payment['kind']
export type PaymentMethod = NonNullable<Payment['method']>

export interface PayOrder {
  /** Made once: asking again after a lost answer pays nothing more. */
  id: string
  kind: PaymentKind
  method: PaymentMethod
  note: string
  amounts: { member_id: string; amount_vnd: number }[]
}

export interface Paid {
  id: string
  paid: boolean
  total_vnd: number
  items: {
    payment_id: string
    member_id: string
    name: string
    amount_vnd: number
    before_vnd: number
    after_vnd: number
  }[]
}

/** Of the newest season that was fetched also without a network. */
export const fetch_accounts = (season: string): Promise<Kept<Accounts>> => {
  const path = `/money/statements${season ? `?season=${season}` : ''}`
  return fetch_or_kept(path, () =>
    ask<Accounts>(path, { method: 'GET' }, ({ items }) => Array.isArray(items)),
  )
}

export const fetch_account = (member_id: string, season: string): Promise<Kept<MemberAccount>> => {
  const path = `/money/statements/${member_id}${season ? `?season=${season}` : ''}`
  return fetch_or_kept(path, () =>
    ask<MemberAccount>(path, { method: 'GET' }, ({ goods }) => Array.isArray(goods)),
  )
}

export const fetch_late = (): Promise<Kept<{ items: LateItem[] }>> =>
  fetch_or_kept('/money/late', () => list_of<LateItem>('/money/late', 'GET'))

export const new_order_id = (): string => new_id(Date.now())

export const pay = (order: PayOrder, preview: boolean): Promise<Paid> =>
  ask<Paid>('/money/payments', { body: { ...order, preview } }, ({ id }) => id === order.id)

export const void_payments = (payments: readonly string[], reason: string) =>
  list_of<{ id: string }>('/money/payments/void', 'POST', { payments, reason })

export const write_season = ({ id, name, starts_on, ends_on }: StaffSeason) =>
  list_of<StaffSeason>(`/money/seasons/${id}`, 'PUT', { name, starts_on, ends_on })

export const close_season = (id: string) => list_of<StaffSeason>(`/money/seasons/${id}/close`, 'POST', {})

/** `month`: YYYY-MM. */
export const publish_month = (month: string) => list_of<Summary>(`/money/summaries/${month}`, 'PUT', {})

/** What people sign, as a PDF: of what was paid together, or of what is owed. */
export async function fetch_sheet(
  asked: { batch?: string; season?: string },
  language: string,
): Promise<File> {
  const query = new URLSearchParams({ ...asked, language })
  const blob = await fetch_file(`/money/sheet?${query}`, new AbortController().signal)
  return new File([blob], 'danh-sach-ky-nhan.pdf', { type: 'application/pdf' })
}

function list_of<T>(path: string, method: 'GET' | 'POST' | 'PUT', body?: unknown): Promise<{ items: T[] }> {
  return ask<{ items: T[] }>(path, { method, ...(body ? { body } : {}) }, ({ items }) => Array.isArray(items))
}
