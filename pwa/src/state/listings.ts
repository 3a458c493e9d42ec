/** Listings, their stock, and members. Stock is entries: nothing is ever set to a number. */
import type { Draft } from '../db/outbox.ts'
import type { SeenRecord } from '../sync/overlay.ts'
import { type Account, signed_in_account } from './account.ts'
import { RecordError } from './errors.ts'
import { new_id } from './id.ts'
import * as live from './live.ts'
import { release_photo } from './photos.ts'
import { is_here } from './sales.ts'
import type { ListingDraft, StockKind } from './types.ts'
import { NO_PHOTO } from './views.ts'

/** The listing and its first stock in one transaction. */
export async function add_listing(draft: ListingDraft): Promise<{ id: string }> {
  const account = signed_in_account()
  const { product_name, unit, price_vnd, description, photo, first_stock } = draft
  const member_id = account.user.role === 'manager' ? (draft.member_id ?? null) : account.user.id
  const id = new_id(account.outbox.wall.now())
  const changes = {
    product_name,
    unit,
    price_vnd,
    description: description?.trim() || undefined,
    photo,
    status: 'offered',
    member_id,
  }
  const drafts: Draft[] = [{ entity: 'listing', id, changes, is_new: true }]
  if (first_stock)
    drafts.push(stock_draft(account, id, member_id, first_stock.kind, first_stock.quantity_milli))
  // First: a photo that nobody names does no harm, a name without a photo would.
  if (photo) await release_photo(photo)
  await account.record(drafts)
  return { id }
}

const edit = (entity: string, id: string, changes: Record<string, unknown>): Promise<unknown> =>
  signed_in_account().record([{ entity, id, changes, check: is_here }])

export async function edit_listing(
  id: string,
  changes: { product_name?: string; price_vnd?: number; description?: string },
): Promise<void> {
  await edit('listing', id, changes)
}

/** null takes the photo away; what was sent stays at the server, named by nobody. */
export async function set_photo(id: string, photo: string | null): Promise<void> {
  if (photo) await release_photo(photo)
  await edit('listing', id, { photo: photo ?? NO_PHOTO })
}

export async function withdraw_listing(id: string): Promise<void> {
  await edit('listing', id, { status: 'withdrawn' })
}

export async function offer_listing(id: string): Promise<void> {
  await edit('listing', id, { status: 'offered' })
}

/** Managers only. */
export async function judge_listing(
  id: string,
  approval: 'approved' | 'refused',
  approval_note: string,
): Promise<void> {
  await edit('listing', id, { approval, approval_note: approval_note.trim() || undefined })
}

/** `quantity_milli` is positive; a loss is recorded as less, `adjust` takes either sign. */
export async function add_stock(
  listing_id: string,
  kind: StockKind,
  quantity_milli: number,
  note?: string,
): Promise<{ id: string }> {
  const account = signed_in_account()
  const listing = live.listings.value.find(({ id }) => id === listing_id)
  if (!listing) throw new RecordError('not_found')
  const draft = stock_draft(account, listing_id, listing.member_id, kind, quantity_milli, note)
  await account.record([draft])
  return { id: draft.id }
}

function stock_draft(
  account: Account,
  listing_id: string,
  member_id: string | null,
  kind: StockKind,
  quantity_milli: number,
  note?: string,
): Draft {
  if (!Number.isSafeInteger(quantity_milli) || quantity_milli === 0) throw new RecordError('invalid')
  const changes = {
    listing_id,
    quantity_milli: kind === 'loss' ? -Math.abs(quantity_milli) : quantity_milli,
    kind,
    member_id,
    note: note?.trim() || undefined,
  }
  return { entity: 'stock_entry', id: new_id(account.outbox.wall.now()), changes, is_new: true }
}

export async function edit_stock(id: string, changes: { note: string }): Promise<void> {
  await edit('stock_entry', id, changes)
}

export async function void_stock(id: string): Promise<void> {
  const check = (seen: SeenRecord): void => {
    is_here(seen)
    if (seen.row.voided === true) throw new RecordError('invalid')
  }
  await signed_in_account().record([{ entity: 'stock_entry', id, changes: { voided: true }, check }])
}

/** Members: `called` and `language` of their own record. */
export async function edit_member(
  id: string,
  changes: { name?: string; called?: string; village?: string; language?: string; active?: boolean },
): Promise<void> {
  await edit('member', id, changes)
}
