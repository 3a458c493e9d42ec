/** What is kept beside the rows, so that nobody has to read them all: sums of sales, by day, and by member and day. */
import type { Change } from '../sync/answer.ts'
import type { AccountSchema, DaySumsRow, DayTotalRow, Meta, Row, Side } from './account_db.ts'
import { day_of } from './day.ts'
import type { Database } from './open.ts'
import type { ApplyTx } from './rows.ts'

/** A transaction over the rows and what is kept beside them. */
type SumsTx = Pick<ApplyTx, 'objectStore'>

export const MONEY_PARTS = ['with_member_vnd', 'with_coop_vnd', 'on_credit_vnd'] as const
export type MoneyPart = (typeof MONEY_PARTS)[number]

/** Who has the money of a sale that counts. */
export const part_of = (sale: { payment?: unknown; settled?: unknown; money_with?: unknown }): MoneyPart =>
  sale.payment === 'credit' && sale.settled !== true
    ? 'on_credit_vnd'
    : sale.money_with === 'coop'
      ? 'with_coop_vnd'
      : 'with_member_vnd'

type Store = 'day_totals' | 'day_sums'
type Sum = DayTotalRow | DaySumsRow

/** Numbers are added up; whose they are stays. */
function plus(a: Sum, b: Sum | undefined): Sum {
  const sum: Record<string, unknown> = { ...a }
  for (const [name, value] of Object.entries(b ?? {}))
    if (typeof value === 'number' && name !== 'side') sum[name] = Number(sum[name]) + value
  return sum as unknown as Sum
}

/** Changes of sums, gathered over many rows and then written at once. */
export class Sums {
  private readonly changed = new Map<string, readonly [store: Store, key: (Side | string)[], by: Sum]>()

  constructor(private readonly side: Side) {}

  /** `sign` -1: the row goes. */
  add({ entity, row, derived }: Change, sign: 1 | -1): void {
    if (entity !== 'sale') return
    const { side } = this
    const day = day_of(String(row.sold_at))
    const member_id = String(row.member_id ?? '')
    const count = derived.counts === true ? sign : 0
    const total_vnd = count && sign * Number(row.total_vnd)
    const by = { side, day, sales: sign }
    this.put('day_totals', [side, day], { ...by, count, total_vnd })
    const parts = { with_member_vnd: 0, with_coop_vnd: 0, on_credit_vnd: 0, [part_of(row)]: total_vnd }
    this.put('day_sums', [side, member_id, day], { ...by, member_id, ...parts })
  }

  private put(store: Store, key: (Side | string)[], by: Sum): void {
    const name = store + key
    this.changed.set(name, [store, key, plus(by, this.changed.get(name)?.[2])])
  }

  async write(tx: SumsTx): Promise<void> {
    const write = async ([name, key, by]: readonly [Store, (Side | string)[], Sum]) => {
      const store = tx.objectStore(name)
      const sum = plus(by, await store.get(key as never))
      await (sum.sales > 0 ? store.put(sum as never) : store.delete(key as never))
    }
    await Promise.all([...this.changed.values()].map(write))
  }
}

/** Read in parts: a cheap phone has no room for all rows at once. */
const ROWS_AT_ONCE = 1000

/** Makes the sums where an earlier release kept none: of both sides, since one may be on its way. Changes `meta`. */
export async function make_sums(tx: SumsTx, meta: Meta): Promise<void> {
  if (meta.summed) return
  const [rows, days] = [tx.objectStore('rows'), tx.objectStore('day_totals')]
  await days.clear()
  for (const side of [0, 1] as const) {
    const sums = new Sums(side)
    for (let last: string | undefined = ''; last !== undefined; ) {
      const range = IDBKeyRange.bound([side, 'sale', last], [side, 'sale', []], true)
      const found: Row[] = await rows.getAll(range, ROWS_AT_ONCE)
      for (const row of found) sums.add(row, 1)
      last = found.at(-1)?.id
    }
    await sums.write(tx)
  }
  meta.summed = true
}

/** For who reads the sums before a sync has made them. */
export async function have_sums(db: Database<AccountSchema>): Promise<void> {
  const known = await db.read(['meta'], (tx) => tx.objectStore('meta').get('meta'))
  if (!known || known.summed) return
  await db.write(['meta', 'rows', 'day_totals', 'day_sums'], async (tx) => {
    const meta = await tx.objectStore('meta').get('meta')
    if (!meta) return
    await make_sums(tx as unknown as SumsTx, meta)
    await tx.objectStore('meta').put(meta, 'meta')
  })
}
