/** The member's account on the phone says what the server's says: the same periods, the same lateness. */
import { expect, test } from 'vitest'
import { day_sums, type Records, reckon } from '../../src/state/statement.ts'
import type { SaleView } from '../../src/state/types.ts'

const ME = 'me'
const sale = (day: string, total_vnd: number, more: Partial<SaleView> = {}) =>
  day_sums(
    { sold_at: `${day}T05:00:00Z`, total_vnd, payment: 'cash', money_with: 'coop', settled: false, ...more },
    1,
  )
const payment = (kind: 'payout' | 'advance' | 'opening', paid_at: string, amount_vnd: number, more = {}) => ({
  id: `${kind}-${paid_at}`,
  member_id: ME,
  kind,
  paid_at,
  amount_vnd,
  ...more,
})
const SUMMER = { id: 's', name: 'Vụ hè', starts_on: '2026-07-01', ends_on: '2026-08-31' }
const said = (more: Partial<Records>): Records => ({
  today: '2026-11-22',
  member_id: ME,
  days: [],
  unsent: [],
  debts: [],
  payments: [],
  seasons: [],
  statements: [],
  summaries: [],
  ...more,
})

test('what is owed is what the co-operative has of the own sales, less what it gave', () => {
  const settled = sale('2026-11-04', 20_000, { payment: 'credit', settled: true })
  const found = reckon(
    said({
      days: [
        sale('2026-11-01', 500_000),
        sale('2026-11-02', 40_000, { money_with: 'member' }),
        sale('2026-11-03', 30_000, { payment: 'credit' }),
        settled,
      ],
      unsent: [settled],
      payments: [
        payment('payout', '2026-11-07T02:00:00Z', 100_000),
        payment('payout', '2026-11-08T02:00:00Z', 900_000, { voided: true }),
        payment('opening', '2026-11-09T02:00:00Z', -50_000),
      ],
    }),
  )
  expect(found).toMatchObject({
    with_coop_vnd: 520_000,
    with_member_vnd: 40_000,
    on_credit_vnd: 30_000,
    payouts_vnd: 100_000,
    owed_vnd: 370_000,
    unsent_vnd: 20_000,
  })
  expect(found.goods).toEqual({ since: '2026-11-01', until: '9', sales: 4 })
})

test('what a closed season says stands, and what came since is late', () => {
  const days = [sale('2026-08-03', 400_000), sale('2026-08-31', 5_000), sale('2026-09-01', 1_000)]
  const open = reckon(said({ days, seasons: [SUMMER] }))
  expect(open).toMatchObject({ before_vnd: 405_000, late_vnd: 0, owed_vnd: 406_000, closed: [] })
  const statements = [{ season_id: 's', member_id: ME, owed_vnd: 400_000 }]
  const closed = reckon(said({ days, statements, seasons: [{ ...SUMMER, closed: true }] }))
  expect(closed).toMatchObject({
    before_vnd: 400_000,
    late_vnd: 5_000,
    with_coop_vnd: 1_000,
    owed_vnd: 406_000,
  })
  expect(closed.closed.map(({ owed_vnd }) => owed_vnd)).toEqual([400_000])
})

test('a payment is of the day at the co-operatives, as a sale is', () => {
  const payments = [
    payment('advance', '2026-08-31T16:59:00Z', 1),
    payment('advance', '2026-08-31T17:00:00Z', 2),
  ]
  expect(reckon(said({ payments, seasons: [SUMMER] }))).toMatchObject({ before_vnd: -1, advances_vnd: 2 })
})
