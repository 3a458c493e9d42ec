/**
 * A member's account from what this phone holds: the server's rows with the outbox laid over them. Days are cut into
 * periods by the ends of seasons; what a closed season says stands, and the rest is late (docs/decisions/0018).
 */
import { type DaySumsRow, entity_range } from '../db/account_db.ts'
import { day_of, next_day } from '../db/day.ts'
import { have_sums, MONEY_PARTS, type MoneyPart, part_of } from '../db/sums.ts'
import type { Payment, Season, Statement, Summary } from '../generated/entities.ts'
import type { Account } from './account.ts'
import { read_unpaid } from './debts.ts'
import * as live from './live.ts'
import { follow } from './records.ts'
import type { SaleView, Watch } from './types.ts'
import { sale_counts, state_of } from './views.ts'

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
  /** The days whose goods are in it, for `watch_goods`, and how many sales they have; null: none. */
  goods: { since: string; until: string; sales: number } | null
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

/** Sales are not read one by one: their sums are kept (`db/sums.ts`), and what the outbox changes is added. */
async function read_statement(account: Account): Promise<OwnStatement> {
  const { db, model, user } = account
  const { side } = model.meta
  await have_sums(db)
  const [days, payments, seasons, statements, summaries] = await db.read(['rows', 'day_sums'], (tx) => {
    const told = (entity: string) => tx.objectStore('rows').getAll(entity_range(side, entity))
    const mine = IDBKeyRange.bound([side, user.id], [side, user.id, []])
    return Promise.all([
      tx.objectStore('day_sums').getAll(mine),
      told('payment'),
      told('season'),
      told('statement'),
      told('summary'),
    ])
  })
  // Only staff write these: what is confirmed is all there is.
  const said = <T>(rows: typeof payments): WithId<T>[] => rows.map(({ id, row }) => ({ id, ...(row as T) }))
  const own = outbox_days(account)
  return reckon({
    today: live.today.value.day,
    member_id: user.id,
    days: [...days, ...own.changed],
    unsent: own.unsent,
    debts: (await read_unpaid(account)).filter(({ member_id }) => member_id === user.id),
    payments: said<Payment>(payments),
    seasons: said<Season>(seasons),
    statements: said<Statement>(statements),
    summaries: said<Summary>(summaries),
  })
}

/** By how much the outbox changes the sums of days, and what of them is not sent yet. */
function outbox_days({ model, user }: Account): { changed: DaySums[]; unsent: DaySums[] } {
  const changed: DaySums[] = []
  const unsent: DaySums[] = []
  for (const [key, entries] of model.entries) {
    const [entity, id = ''] = key.split('/')
    if (entity !== 'sale') continue
    const row = model.rows.get(key)
    if (row?.derived.counts === true && row.row.member_id === user.id) changed.push(day_sums(row.row, -1))
    const seen = model.seen('sale', id, row)
    if (!sale_counts(seen, row !== undefined) || seen.row.member_id !== user.id) continue
    const now = day_sums(seen.row, 1)
    changed.push(now)
    if (state_of(seen, entries) === 'phone') unsent.push(now)
  }
  return { changed, unsent }
}

export type DaySums = Pick<DaySumsRow, 'day' | 'sales' | MoneyPart>

const NOTHING: Record<MoneyPart, number> = { with_member_vnd: 0, with_coop_vnd: 0, on_credit_vnd: 0 }

/** What one sale that counts adds to its day, or takes from it. */
export const day_sums = (sale: Readonly<Record<string, unknown>>, sign: 1 | -1): DaySums => ({
  ...NOTHING,
  day: day_of(String(sale.sold_at)),
  sales: sign,
  [part_of(sale)]: sign * Number(sale.total_vnd),
})

export interface Records {
  today: string
  member_id: string
  /** Of the own sales that count; a day may come more than once. */
  days: readonly DaySums[]
  /** What of it is not sent. */
  unsent: readonly DaySums[]
  debts: readonly SaleView[]
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
  const is_in = ({ day }: { day: string }) => day > after && day <= until
  const paid = records.payments
    .filter(({ member_id }) => member_id === records.member_id)
    .sort((a, b) => (a.paid_at < b.paid_at ? 1 : -1))
  const of = (has: (of: { day: string }) => boolean): Sums =>
    added(
      records.days.filter(has),
      paid.filter(({ paid_at, voided }) => !voided && has({ day: day_of(paid_at) })),
    )
  const owed_of = (season_id: string): number | undefined =>
    records.statements.find((one) => one.season_id === season_id && one.member_id === records.member_id)
      ?.owed_vnd
  const earlier_vnd = owed(of(({ day }) => day <= after))
  const before_vnd = before?.closed ? (owed_of(before.id) ?? 0) : earlier_vnd
  const late_vnd = earlier_vnd - before_vnd
  const during = of(is_in)
  return {
    ...during,
    before_vnd,
    late_vnd,
    owed_vnd: before_vnd + late_vnd + owed(during),
    unsent_vnd: added(records.unsent.filter(is_in), []).with_coop_vnd,
    season,
    goods: goods_days(records.days.filter(is_in), after, until),
    payments: paid,
    debts: [...records.debts],
    closed: seasons
      .filter(({ closed }) => closed)
      .map((season) => ({ season, owed_vnd: owed_of(season.id) ?? 0 }))
      .reverse(),
    months: [...records.summaries].sort((a, b) => (a.month < b.month ? 1 : -1)),
  }
}

function goods_days(days: readonly DaySums[], after: string, until: string): OwnStatement['goods'] {
  const sales = days.reduce((sum, { sales }) => sum + sales, 0)
  const first = days.reduce((first, { day }) => (day < first ? day : first), '9')
  return sales > 0 ? { since: after ? next_day(after) : first, until, sales } : null
}

const owed = (sums: Sums): number =>
  sums.opening_vnd + sums.with_coop_vnd - sums.advances_vnd - sums.payouts_vnd

const PARTS = { opening: 'opening_vnd', advance: 'advances_vnd', payout: 'payouts_vnd' } as const

function added(days: readonly DaySums[], payments: readonly Payment[]): Sums {
  const sums: Sums = { ...NOTHING, opening_vnd: 0, advances_vnd: 0, payouts_vnd: 0 }
  for (const day of days) for (const part of MONEY_PARTS) sums[part] += day[part]
  for (const { kind, amount_vnd } of payments) sums[PARTS[kind]] += amount_vnd
  return sums
}
