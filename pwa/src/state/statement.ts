/**
 * A member's account from what this phone holds: the server's rows with the outbox laid over them. Days are cut into
 * periods by the ends of seasons; what a closed season says stands, and the rest is late (docs/decisions/0018).
 */
import { entity_range } from '../db/account_db.ts'
import { day_of } from '../db/day.ts'
import type { Payment, Season, Statement, Summary } from '../generated/entities.ts'
import type { Account } from './account.ts'
import * as live from './live.ts'
import { type GoodsTotal, goods_of } from './period.ts'
import { follow } from './records.ts'
import { seen_sales } from './seen_sales.ts'
import type { SaleView, Watch } from './types.ts'

export interface Sums {
  opening_vnd: number
  with_member_vnd: number
  with_coop_vnd: number
  on_credit_vnd: number
  advances_vnd: number
  payouts_vnd: number
}

type WithId<T> = T & { id: string }

/** The account from the end of the last season until today. */
export interface OwnStatement extends Sums {
  before_vnd: number
  late_vnd: number
  owed_vnd: number
  /** Of `with_coop_vnd`, what the co-operative does not have yet: it is only on this phone. */
  unsent_vnd: number
  season: WithId<Season> | null
  goods: GoodsTotal[]
  /** Newest first, those that were taken back too. */
  payments: WithId<Payment>[]
  /** Not paid by the buyer yet, whenever it was sold. */
  debts: SaleView[]
  /** What was written down when seasons closed, newest first. */
  closed: { season: WithId<Season>; owed_vnd: number }[]
  /** What the co-operative made public of its months, newest first. */
  months: WithId<Summary>[]
}

export const watch_statement = (): Watch<OwnStatement> => follow(read_statement)

async function read_statement(account: Account): Promise<OwnStatement> {
  const { db, model, user } = account
  const { side } = model.meta
  const [sales, payments, seasons, statements, summaries] = await db.read(['rows'], (tx) =>
    Promise.all(
      ['sale', 'payment', 'season', 'statement', 'summary'].map((entity) =>
        tx.objectStore('rows').getAll(entity_range(side, entity)),
      ),
    ),
  )
  // Only staff write these: what is confirmed is all there is.
  const told = <T>(rows: typeof sales = []): WithId<T>[] => rows.map(({ id, row }) => ({ id, ...(row as T) }))
  return reckon({
    today: live.today.value.day,
    member_id: user.id,
    sales: seen_sales(model, sales ?? []),
    payments: told<Payment>(payments),
    seasons: told<Season>(seasons),
    statements: told<Statement>(statements),
    summaries: told<Summary>(summaries),
  })
}

export interface Records {
  today: string
  member_id: string
  sales: readonly SaleView[]
  payments: readonly WithId<Payment>[]
  seasons: readonly WithId<Season>[]
  statements: readonly Pick<Statement, 'season_id' | 'member_id' | 'owed_vnd'>[]
  summaries: readonly WithId<Summary>[]
}

export function reckon(records: Records): OwnStatement {
  const seasons = [...records.seasons].sort((a, b) => (a.ends_on + a.id < b.ends_on + b.id ? -1 : 1))
  const before = seasons.filter(({ ends_on }) => ends_on < records.today).at(-1)
  const season = seasons.find(({ ends_on }) => ends_on >= records.today) ?? null
  const after = before?.ends_on ?? ''
  const until = season?.ends_on ?? '9'
  const mine = records.sales.filter(({ member_id, counts }) => member_id === records.member_id && counts)
  const paid = records.payments
    .filter(({ member_id }) => member_id === records.member_id)
    .sort((a, b) => (a.paid_at < b.paid_at ? 1 : -1))
  const of = (has: (day: string) => boolean): Sums =>
    added(
      mine.filter(({ day }) => has(day)),
      paid.filter(({ paid_at, voided }) => !voided && has(day_of(paid_at))),
    )
  const owed_of = (season_id: string): number | undefined =>
    records.statements.find((one) => one.season_id === season_id && one.member_id === records.member_id)
      ?.owed_vnd
  const is_in = (day: string) => day > after && day <= until
  const earlier_vnd = owed(of((day) => day <= after))
  const before_vnd = before?.closed ? (owed_of(before.id) ?? 0) : earlier_vnd
  const late_vnd = earlier_vnd - before_vnd
  const during = of(is_in)
  const unsent = mine.filter(({ day, state }) => is_in(day) && state === 'phone')
  return {
    ...during,
    before_vnd,
    late_vnd,
    owed_vnd: before_vnd + late_vnd + owed(during),
    unsent_vnd: added(unsent, []).with_coop_vnd,
    season,
    goods: goods_of(mine.filter(({ day }) => is_in(day))),
    payments: paid,
    debts: mine.filter((sale) => sale.payment === 'credit' && !sale.settled),
    closed: seasons
      .filter(({ closed }) => closed)
      .map((season) => ({ season, owed_vnd: owed_of(season.id) ?? 0 }))
      .reverse(),
    months: [...records.summaries].sort((a, b) => (a.month < b.month ? 1 : -1)),
  }
}

const owed = (sums: Sums): number =>
  sums.opening_vnd + sums.with_coop_vnd - sums.advances_vnd - sums.payouts_vnd

const part_of = (is_unpaid: boolean, money_with: SaleView['money_with']) =>
  is_unpaid ? 'on_credit_vnd' : money_with === 'coop' ? 'with_coop_vnd' : 'with_member_vnd'

const PARTS = { opening: 'opening_vnd', advance: 'advances_vnd', payout: 'payouts_vnd' } as const

function added(sales: readonly SaleView[], payments: readonly Payment[]): Sums {
  const sums: Sums = {
    opening_vnd: 0,
    with_member_vnd: 0,
    with_coop_vnd: 0,
    on_credit_vnd: 0,
    advances_vnd: 0,
    payouts_vnd: 0,
  }
  for (const { payment, settled, money_with, total_vnd } of sales)
    sums[part_of(payment === 'credit' && !settled, money_with)] += total_vnd
  for (const { kind, amount_vnd } of payments) sums[PARTS[kind]] += amount_vnd
  return sums
}
