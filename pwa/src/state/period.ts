/** What was sold in some days: their totals as they are kept, and what goods brought. */
import { days_range } from '../db/account_db.ts'
import { next_day } from '../db/day.ts'
import type { Account } from './account.ts'
import { follow } from './records.ts'
import { seen_sales } from './seen_sales.ts'
import type { DayTotal, SaleView, Watch } from './types.ts'

/** What goods brought in, in a time. */
export interface GoodsTotal {
  product_name: string
  unit: string
  quantity_milli: number
  total_vnd: number
}

/** Some days in a row. Only sales that count are in it. */
export interface Period {
  /** Each of them, also without sales, oldest first. */
  days: DayTotal[]
  count: number
  total_vnd: number
}

/** `since` and `until`: YYYY-MM-DD, both included. No sale is read for it: days' totals are kept. */
export const watch_period = (since: string, until: string): Watch<Period> =>
  follow((account) => read_period(account, since, until))

/** What brought most comes first; of one member or all. All sales of the time are read for it. */
export const watch_goods = (since: string, until: string, member_id?: string): Watch<GoodsTotal[]> =>
  follow((account) => read_goods(account, since, until, member_id))

async function read_period({ db, model }: Account, since: string, until: string): Promise<Period> {
  const { side } = model.meta
  const totals = await db.read(['day_totals'], (tx) =>
    tx.objectStore('day_totals').getAll(IDBKeyRange.bound([side, since], [side, until])),
  )
  const kept = new Map(totals.map((total) => [total.day, total]))
  const days: DayTotal[] = []
  for (let day = since; day <= until; day = next_day(day))
    days.push({ day, ...model.day_total(day, kept.get(day)) })
  return {
    days,
    count: days.reduce((sum, { count }) => sum + count, 0),
    total_vnd: days.reduce((sum, { total_vnd }) => sum + total_vnd, 0),
  }
}

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
