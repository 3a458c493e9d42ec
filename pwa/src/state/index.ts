/**
 * Everything that screens may know and do. Signals are read; functions record, and resolve only when what they
 * recorded has reached the phone's storage. A recording that failed rejects with `RecordError` and left nothing.
 */
import type { ReadonlySignal } from '@preact/signals'
import * as live from './live.ts'
import type {
  Gate,
  Language,
  ListingView,
  MemberView,
  PhotosState,
  Readiness,
  SaleRecorded,
  SendState,
  Session,
  StorageState,
} from './types.ts'

export { open_book, read_book_ahead } from './book.ts'
export { type Debt, read_buyers, watch_debts } from './debts.ts'
export {
  type EnrolResult,
  enrol,
  forget_invitation,
  type Invitation,
  keep_invitation,
  kept_invitation,
  type LookResult,
  look_at_invitation,
} from './enrol.ts'
export { RecordError, type RecordErrorCode } from './errors.ts'
export { type GoodsTotal, watch_goods } from './goods_totals.ts'
export {
  add_listing,
  add_stock,
  edit_listing,
  edit_member,
  edit_stock,
  judge_listing,
  offer_listing,
  set_photo,
  void_stock,
  withdraw_listing,
} from './listings.ts'
export { add_member } from './members.ts'
export {
  drop_draft,
  keep_photo,
  look_at_photos,
  photo_file,
  read_draft,
  save_draft,
} from './photos.ts'
export { watch_record, watch_stock } from './records.ts'
export { dismiss_refused, mend_refused, refused } from './refused.ts'
export { correct_sale, edit_sale, record_sale, settle_sales, undo_sale, void_sale } from './sales.ts'
export { sync_now } from './send.ts'
export { set_language, start } from './session.ts'
export { sign_in, sign_out } from './sign_in.ts'
export { give_back_thumbnail, hold_thumbnail } from './thumbnails.ts'
export type * from './types.ts'
export { apply_update, ready_offline } from './update.ts'

export const readiness: ReadonlySignal<Readiness> = live.readiness
export const session: ReadonlySignal<Session | null> = live.session
export const gate: ReadonlySignal<Gate> = live.gate
export const language: ReadonlySignal<Language> = live.language

/** Complete listings, own ones first; withdrawn and refused ones are in it. */
export const listings: ReadonlySignal<readonly ListingView[]> = live.listings
/** For managers everyone of the co-op, for members themselves. */
export const members: ReadonlySignal<readonly MemberView[]> = live.members
/** Sales of today that count (day in Asia/Ho_Chi_Minh). */
export const today = live.today
/** The last sale recorded since launch, for the toast and its undo; `undone` once it was voided. */
export const last_sale: ReadonlySignal<(SaleRecorded & { undone: boolean }) | null> = live.last_sale
export const clear_last_sale = (): void => {
  live.last_sale.value = null
}

/** Records that are, wholly or in part, only on this phone: the number on the last tab. */
export const unsent: ReadonlySignal<number> = live.unsent
export const send_state: ReadonlySignal<SendState> = live.send_state
/** The phone's clock is more than five minutes off; positive: it is ahead. */
export const clock_warning: ReadonlySignal<{ drift_ms: number } | null> = live.clock_warning
export const photos: ReadonlySignal<PhotosState> = live.photos
export const storage: ReadonlySignal<StorageState> = live.storage

export const update_ready: ReadonlySignal<boolean> = live.update_ready
/** Screens set it while something is half typed: no update is taken then. */
export const half_typed = live.half_typed
