/** Single records and a listing's stock, followed while a screen shows them. */
import { effect, signal } from '@preact/signals'
import { type Account, signed_in_account } from './account.ts'
import * as live from './live.ts'
import { key_of } from './model.ts'
import { reasons_of, record_view, stock_view } from './record_views.ts'
import type { EntityName, RecordDetail, StockView, Watch } from './types.ts'
import { sale_counts, state_of } from './views.ts'

/** Reads again whenever the outbox or the rows change. */
export function follow<T>(read: (account: Account) => Promise<T>): Watch<T> {
  const account = signed_in_account()
  const value = signal<T | undefined>(undefined)
  let newest = 0
  const close = effect(() => {
    const asked = live.outbox_version.value + live.rows_version.value
    newest = asked
    void read(account)
      .then((found) => {
        if (newest === asked) value.value = found
      })
      .catch(() => {})
  })
  return { value, close }
}

/** One record with its state and why. `null`: not on this phone. */
export function watch_record(entity: EntityName, id: string): Watch<RecordDetail | null> {
  return follow((account) => read_detail(account, entity, id))
}

async function read_detail(
  { model, db, user }: Account,
  entity: EntityName,
  id: string,
): Promise<RecordDetail | null> {
  const { side } = model.meta
  const row =
    model.rows.get(key_of(entity, id)) ??
    (await db.read(['rows'], (tx) => tx.objectStore('rows').get([side, entity, id])))
  const entries = model.entries_of(entity, id)
  const seen = model.seen(entity, id, row)
  const state = state_of(seen, entries)
  if (!seen.complete && state !== 'refused') return null
  const listing = live.listings.value.find((each) => each.id === id)
  const view = record_view(entity, id, seen, model.shown_row(seen, entries), {
    counts: entity === 'sale' && sale_counts(seen, row !== undefined),
    state,
    left_milli: listing?.left_milli ?? 0,
    own_id: user.id,
  })
  const { open_reviews, review_note } = seen.derived
  return (
    view && {
      view,
      state,
      reasons: reasons_of(seen, entries),
      open_reviews: typeof open_reviews === 'number' ? open_reviews : 0,
      review_note: typeof review_note === 'string' ? review_note : '',
    }
  )
}

/** The stock entries of a listing, newest first. */
export function watch_stock(listing_id: string): Watch<StockView[]> {
  return follow((account) => read_stock(account, listing_id))
}

async function read_stock({ model, db }: Account, listing_id: string): Promise<StockView[]> {
  const { side } = model.meta
  const found = await db.read(['rows'], (tx) =>
    tx
      .objectStore('rows')
      .index('listing')
      .getAll(IDBKeyRange.only([side, 'stock_entry', listing_id])),
  )
  const rows = new Map(found.map((row) => [row.id, row]))
  const stock: { view: StockView; stamp: string }[] = []
  for (const id of new Set([...rows.keys(), ...model.ids_of('stock_entry')])) {
    const row = rows.get(id) ?? model.rows.get(key_of('stock_entry', id))
    const seen = model.seen('stock_entry', id, row)
    if (!seen.complete || seen.row.listing_id !== listing_id) continue
    const view = stock_view(id, seen, state_of(seen, model.entries_of('stock_entry', id)))
    stock.push({ view, stamp: seen.stamps.quantity_milli ?? '' })
  }
  // Within a millisecond the stamp's counter tells.
  stock.sort((a, b) => b.view.recorded_at_ms - a.view.recorded_at_ms || (a.stamp < b.stamp ? 1 : -1))
  return stock.map(({ view }) => view)
}
