import type { ListingDraft, StockKind } from './types.ts'
/** The listing and its first stock in one transaction. */
export async function add_listing(_draft: ListingDraft): Promise<{ id: string }> {
  throw new Error('not built yet')
}
export async function edit_listing(
  _id: string,
  _changes: { product_name?: string; price_vnd?: number; description?: string },
): Promise<void> {}
export async function withdraw_listing(_id: string): Promise<void> {}
export async function offer_listing(_id: string): Promise<void> {}
/** Managers only. */
export async function judge_listing(
  _id: string,
  _approval: 'approved' | 'refused',
  _note: string,
): Promise<void> {}
/** `quantity_milli` is positive; a loss is recorded as less, `adjust` takes either sign. */
export async function add_stock(
  _listing_id: string,
  _kind: StockKind,
  _quantity_milli: number,
  _note?: string,
): Promise<{ id: string }> {
  throw new Error('not built yet')
}
export async function edit_stock(_id: string, _changes: { note: string }): Promise<void> {}
export async function void_stock(_id: string): Promise<void> {}
/** Members: `called` and `language` of their own record. */
export async function edit_member(
  _id: string,
  _changes: { name?: string; called?: string; village?: string; language?: string; active?: boolean },
): Promise<void> {}
