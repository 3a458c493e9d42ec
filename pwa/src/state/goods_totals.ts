/** What goods brought in some days. */
import { days_range } from '../db/account_db.ts'
import type { Account } from './account.ts'
import { follow } from './records.ts'
import { seen_sales } from './seen_sales.ts'
import type { SaleView, Watch } from './types.ts'

/** What goods brought in, in a time. */
export interface GoodsTotal {
  product_name: string
  unit: string
  quantity_milli: number
  total_vnd: number
}

/**
 * `since` and `until`: YYYY-MM-DD, both included. What brought most comes first; of one member or all. All sales of the
 * time are read for it.
 */
export const watch_goods = (since: string, until: string, member_id?: string): Watch<GoodsTotal[]> =>
  follow((account) => read_goods(account, since, until, member_id))

async function read_goods(
  { db, model }: Account,
  since: string,
  until: string,
  member_id?: string,
): Promise<GoodsTotal[]> {
  const range = days_range(model.meta.side, since, until)
  const rows = await db.read(['rows'], (tx) => tx.objectStore('rows').index('sold_at').getAll(range))
  const is_in = ({ counts, day, ...sale }: SaleView) =>
    counts && day >= since && day <= until && (member_id === undefined || sale.member_id === member_id)
  return goods_of(seen_sales(model, rows).filter(is_in))
}

/** The same goods sold by another unit are other goods: pieces and kilograms do not add up. */
export function goods_of(sales: readonly SaleView[]): GoodsTotal[] {
  const goods = new Map<string, GoodsTotal>()
  for (const { product_name, unit, quantity_milli, total_vnd } of sales) {
    const key = `${product_name}/${unit}`
    const sum = goods.get(key) ?? { product_name, unit, quantity_milli: 0, total_vnd: 0 }
    sum.quantity_milli += quantity_milli
    sum.total_vnd += total_vnd
    goods.set(key, sum)
  }
  return [...goods.values()].sort((a, b) => b.total_vnd - a.total_vnd)
}
