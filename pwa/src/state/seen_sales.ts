/** Sales as they are seen: the server's rows with the outbox laid over them. */
import type { Row } from '../db/account_db.ts'
import { key_of, type Model } from './model.ts'
import { sale_view } from './record_views.ts'
import type { SaleView } from './types.ts'
import { sale_counts, state_of } from './views.ts'

/** Sales that the server's rows do not have: new ones, and refused ones. */
export function outbox_sales(model: Model): SaleView[] {
  const found: SaleView[] = []
  for (const [key, entries] of model.entries) {
    const [entity, id = ''] = key.split('/')
    if (entity !== 'sale' || model.rows.has(key)) continue
    const seen = model.seen('sale', id)
    const row = model.shown_row(seen, entries)
    if (row.sold_at === undefined || row.product_name === undefined) continue
    found.push(sale_view(id, row, sale_counts(seen, false), state_of(seen, entries)))
  }
  return found
}

/** Those of the outbox and of rows that were read; the memory's newer row where there is one. */
export function seen_sales(model: Model, rows: readonly Row[]): SaleView[] {
  const sales = outbox_sales(model)
  const in_outbox = new Set(sales.map(({ id }) => id))
  for (const read of rows) {
    const { id } = read
    if (in_outbox.has(id)) continue
    const seen = model.seen('sale', id, model.rows.get(key_of('sale', id)) ?? read)
    const state = state_of(seen, model.entries_of('sale', id))
    sales.push(sale_view(id, seen.row, sale_counts(seen, true), state))
  }
  return sales
}
