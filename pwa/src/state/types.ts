/** What screens see. Money in đồng (`*_vnd`), quantities in thousandths of the unit (`*_milli`), times in ms since 1970. */

export type EntityName = 'sale' | 'listing' | 'stock_entry' | 'member'
export type Role = 'member' | 'manager' | 'admin'
export type Payment = 'cash' | 'transfer' | 'credit'
export type MoneyWith = 'member' | 'coop'
export type StockKind = 'harvest' | 'purchase' | 'adjust' | 'loss'
export type Language = 'vi' | 'en'

export interface User {
  id: string
  name: string
  role: Role
  coop_id: string | null
}

export interface Coop {
  id: string
  name: string
  commune_name?: string
  province_name?: string
}

export interface Session {
  user: User
  coop: Coop | null
  /** null for admins: they work on line and keep no database. */
  replica: string | null
  demo: boolean
  /** The tokens are used up: recording goes on, sending needs the password. Show `sign_in` when convenient. */
  needs_password: boolean
  /** A PIN stands before its book on this phone. */
  has_pin: boolean
}

/**
 * What stands before the screens. `locked`: somebody has to choose who they are, and to give that account's PIN.
 * `choose_pin`: the account that is signed in needs a PIN, since it shares the phone.
 */
export type Gate = 'open' | 'locked' | 'choose_pin' | 'offer_pin'

/**
 * `first_sight`: the tiles of the last launch stand while the book is being opened; a sale can be begun.
 * `first_sync`: signed in, the first pull is not stored yet (recording works already).
 */
export type Readiness = 'starting' | 'first_sight' | 'signed_out' | 'first_sync' | 'ready' | 'storage_error'

/** The four pictures: only on this phone · the co-op has it · needs a look · returned, to be mended. */
export type RecordState = 'phone' | 'coop' | 'look' | 'refused'

export interface SaleView {
  entity: 'sale'
  id: string
  product_name: string
  unit: string
  quantity_milli: number
  unit_price_vnd: number
  total_vnd: number
  /** ISO 8601 UTC */
  sold_at: string
  /** YYYY-MM-DD in Asia/Ho_Chi_Minh */
  day: string
  payment: Payment
  listing_id: string | null
  replaces_id: string | null
  member_id: string | null
  money_with: MoneyWith
  buyer_name: string
  note: string
  /** The day when it is to be paid, YYYY-MM-DD; '' when none was said. */
  due_on: string
  settled: boolean
  voided: boolean
  void_reason: string
  /** Whether it counts in totals: false when voided, refused, or corrected by another sale. */
  counts: boolean
  state: RecordState
}

export interface ListingView {
  entity: 'listing'
  id: string
  product_name: string
  unit: string
  price_vnd: number
  description: string
  photo: string | null
  status: 'offered' | 'withdrawn'
  approval: 'approved' | 'refused' | null
  approval_note: string
  member_id: string | null
  /** Its goods are the signed-in person's own. */
  mine: boolean
  /** What the co-op counts, less what this phone sold and plus what it added since. */
  left_milli: number
  state: RecordState
}

/** Photos that were taken on this phone. */
export interface PhotosState {
  /** How many are not sent. */
  waiting: number
  /** How much of the one that is being sent has arrived, 0 to 1. */
  part: number | null
  /** Those that the server does not take, and why. They are kept here. */
  refused: ReadonlyMap<string, string>
}

export interface StockView {
  entity: 'stock_entry'
  id: string
  listing_id: string
  quantity_milli: number
  kind: StockKind
  member_id: string | null
  note: string
  voided: boolean
  /** When it was recorded, ms. */
  recorded_at_ms: number
  state: RecordState
}

export interface MemberView {
  entity: 'member'
  id: string
  name: string
  called: string
  village: string
  language: string
  active: boolean
  state: RecordState
}

export type RecordView = SaleView | ListingView | StockView | MemberView

/** Why a record has its state. `errors` as the server gave them: field → codes. */
export interface StateReason {
  code: 'not_sent' | 'received' | 'under_review' | 'held' | 'refused'
  /** When it was recorded here, ms; null for what came from the server. */
  recorded_at_ms: number | null
  errors: Record<string, string[]>
  /** Present with `refused`: names it for `mend_refused` and `dismiss_refused`. */
  at: string | null
  /** What the manager who decided wrote; '' for nothing. */
  note: string
}

export interface RecordDetail {
  view: RecordView
  state: RecordState
  reasons: StateReason[]
  open_reviews: number
  /** The latest note that a reviewer wrote to the author. */
  review_note: string
}

/** A mutation that the server refused and its author has not dealt with. */
export interface RefusedMutation {
  at: string
  entity: EntityName
  id: string
  set: Record<string, unknown>
  errors: Record<string, string[]>
  /** What the manager who decided wrote; '' for nothing. */
  note: string
  recorded_at_ms: number
  /** The record as the person knows it, or null when it cannot be shown. */
  view: RecordView | null
}

export interface DayTotal {
  day: string
  count: number
  total_vnd: number
}

export interface BookDay extends DayTotal {
  /** Newest first; voided and refused ones are in it, not in the totals. */
  sales: SaleView[]
}

export interface BookFilter {
  /** Only the sales for which this holds (a search, say). Totals of days are then those of what is shown. */
  matches?: (sale: SaleView) => boolean
  /** YYYY-MM-DD, both included. */
  since?: string
  until?: string
}

/** A value that follows the database until it is closed. `undefined`: not read yet. `null`: not there. */
export interface Watch<T> {
  readonly value: import('@preact/signals').ReadonlySignal<T | undefined>
  close(): void
}

/** Some days in a row. Only sales that count are in it. */
export interface Period {
  /** Each of them, also without sales, oldest first. */
  days: DayTotal[]
  count: number
  total_vnd: number
}

/** The sales book, newest day first, read in windows. Close it when the screen goes. */
export interface Book extends Watch<BookDay[]> {
  /** `since` and `until`: YYYY-MM-DD, both included. No sale is read for it: days' totals are kept. As of `value`. */
  period(since: string, until: string): Period
  readonly more: import('@preact/signals').ReadonlySignal<boolean>
  load_more(): Promise<void>
}

export interface SaleDraft {
  listing_id?: string | null
  product_name: string
  unit: string
  quantity_milli: number
  unit_price_vnd: number
  total_vnd: number
  payment: Payment
  /** Now unless given. */
  sold_at?: string
  /** Managers: any member, or null for the co-operative's own goods (default: the listing's). Members: left out. */
  member_id?: string | null
  /** Default: `member` when a member records, `coop` when a manager does. */
  money_with?: MoneyWith
  buyer_name?: string
  note?: string
  due_on?: string
}

export interface ListingDraft {
  product_name: string
  unit: string
  price_vnd: number
  /** Of `keep_photo`. */
  photo?: string
  description?: string
  /** As in a sale. Default for managers: null. */
  member_id?: string | null
  first_stock?: { quantity_milli: number; kind: StockKind }
}

/** What the tick shows; resolves only after the phone's storage has synced to disk. */
export interface SaleRecorded {
  id: string
  total_vnd: number
  day: DayTotal
}

export type SyncErrorCode =
  | 'no_network'
  | 'no_answer' // something answered that is not our server: a captive portal, say
  | 'timeout'
  | 'needs_password'
  | 'client_too_old'
  | 'rate_limited'
  | 'unavailable'
  | 'forbidden'
  | 'storage_full'
  | 'failed'

export interface SyncEntry {
  started_at_ms: number
  ended_at_ms: number
  sent: number
  received: number
  checked: boolean
  error: SyncErrorCode | null
}

export interface SendState {
  /** Sales on this phone (unsent ones too) and at the co-operative at the last check; null: never checked. */
  here: number
  there: number | null
  /** The same for each entity. */
  here_by_entity: Record<EntityName, number>
  there_by_entity: Record<EntityName, number> | null
  /** When the phone's digest last equalled the server's; null: never, or not since something changed there. */
  checked_at_ms: number | null
  /** The digests did not agree at the last check. */
  differs: boolean
  syncing: boolean
  progress: { sent: number; to_send: number; received: number } | null
  last_sync_at_ms: number | null
  last_error: SyncErrorCode | null
  /** The last ten, newest first. */
  syncs: SyncEntry[]
}

export interface StorageState {
  usage_bytes: number | null
  /** Whether the browser promised to keep the data; null: not known. */
  persisted: boolean | null
  /** `full`: free space, nothing is lost. `blocked`: close the app's other tabs. `broken`: the store does not open. */
  problem: 'full' | 'blocked' | 'outdated' | 'broken' | null
}

export type SignInCode =
  | 'wrong_password'
  | 'no_network'
  | 'no_answer'
  | 'rate_limited'
  | 'unavailable'
  | 'forbidden'
  | 'unsent' // another account's unsent records are here: send or save them first
  | 'failed'

export type SignInResult = { ok: true } | { ok: false; code: SignInCode; retry_after_s: number | null }
export type SignOutResult = { ok: true } | { ok: false; code: 'unsent'; unsent: number }
