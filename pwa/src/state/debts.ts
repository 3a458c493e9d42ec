/** Who owes what, and who has bought before: both from an index, however many sales there are. */
import { type Account, signed_in_account } from './account.ts'
import { in_order } from './order.ts'
import { follow } from './records.ts'
import { outbox_sales, seen_sales } from './seen_sales.ts'
import type { SaleView, Watch } from './types.ts'

/** What one buyer has not paid yet. */
export interface Debt {
  /** '' when nobody wrote it down. */
  buyer_name: string
  total_vnd: number
  /** What was promised for the earliest day comes first, then the oldest. */
  sales: SaleView[]
}

/** Who owes most comes first. */
export const watch_debts = (): Watch<Debt[]> => follow(read_debts)

/** Sales that no buyer has paid yet. */
export async function read_unpaid({ db, model }: Account): Promise<SaleView[]> {
  const on_credit = IDBKeyRange.only([model.meta.side, 'credit'])
  const rows = await db.read(['rows'], (tx) => tx.objectStore('rows').index('payment').getAll(on_credit))
  return seen_sales(model, rows).filter(
    ({ payment, settled, counts }) => payment === 'credit' && !settled && counts,
  )
}

async function read_debts(account: Account): Promise<Debt[]> {
  const debts = new Map<string, Debt>()
  for (const sale of (await read_unpaid(account)).sort(soonest_first)) {
    const { buyer_name, total_vnd } = sale
    const key = buyer_name.toLowerCase()
    const debt = debts.get(key) ?? { buyer_name, total_vnd: 0, sales: [] }
    debt.total_vnd += total_vnd
    debt.sales.push(sale)
    debts.set(key, debt)
  }
  return [...debts.values()].sort((a, b) => b.total_vnd - a.total_vnd)
}

function soonest_first(a: SaleView, b: SaleView): number {
  const [due_a, due_b] = [a.due_on || '9', b.due_on || '9']
  if (due_a !== due_b) return due_a < due_b ? -1 : 1
  return a.sold_at < b.sold_at ? -1 : 1
}

/** Names of buyers, each once: who was written down last on this phone and is not sent yet, then the alphabet. */
export async function read_buyers(): Promise<string[]> {
  const { db, model } = signed_in_account()
  const { side } = model.meta
  const known: string[] = []
  await db.read(['rows'], async (tx) => {
    const by_name = tx.objectStore('rows').index('buyer')
    const names = IDBKeyRange.bound([side], [side, []])
    let cursor = await by_name.openKeyCursor(names, 'nextunique')
    while (cursor) {
      known.push(cursor.key[1])
      cursor = await cursor.continue()
    }
  })
  const newest = outbox_sales(model).map(({ buyer_name }) => buyer_name)
  return [...new Set([...newest.reverse(), ...known.sort(in_order)])].filter(Boolean)
}
