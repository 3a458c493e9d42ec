import type { SaleDraft, SaleRecorded } from './types.ts'
export async function record_sale(_draft: SaleDraft): Promise<SaleRecorded> {
  throw new Error('not built yet')
}
/** Voids with the reason `undo`. */
export async function undo_sale(_id: string): Promise<void> {}
export async function void_sale(_id: string, _reason: string): Promise<void> {}
/** Voids the old sale and records the new one that names it, in one transaction. */
export async function correct_sale(_id: string, _reason: string, _draft: SaleDraft): Promise<SaleRecorded> {
  throw new Error('not built yet')
}
export async function edit_sale(
  _id: string,
  _changes: { note?: string; buyer_name?: string },
): Promise<void> {}
/** A credit sale has been paid. */
export async function settle_sale(_id: string): Promise<void> {}
