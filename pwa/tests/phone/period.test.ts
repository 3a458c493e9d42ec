import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { honey, Phone } from '../support/phone.ts'
import { Road } from '../support/road.ts'

const server_url = inject('server_url')

describe.skipIf(server_url === '')('what was earned, and what is owed', () => {
  let road: Road
  beforeEach(async () => {
    road = await Road.to(server_url)
  })
  afterEach(() => road.close())

  test('a week adds up its days and goods, sent or not, and follows a void', async () => {
    const app = await new Phone().signed_in(road.url, '0900000027')
    const on = (day: string, product_name = 'Ớt gió') =>
      app.record_sale({ ...honey, product_name, sold_at: `${day}T03:00:00Z` })
    const { id } = await on('2020-03-02')
    await on('2020-03-04')
    await on('2020-03-08', 'Gừng')
    await on('2020-03-09')
    await app.sync_now()
    road.weather = 'request_lost'
    await on('2020-03-04')
    const book = app.open_book()
    const week = () => book.value.value && book.period('2020-03-02', '2020-03-08')
    await expect.poll(week).toMatchObject({ count: 4, total_vnd: 2_500_000 })
    expect(week()?.days.map(({ count }) => count)).toEqual([1, 0, 2, 0, 0, 0, 1])
    await app.void_sale(id, 'twice')
    await expect.poll(week).toMatchObject({ count: 3, total_vnd: 1_875_000 })
    const goods = app.watch_goods('2020-03-02', '2020-03-08')
    await expect
      .poll(() => goods.value.value)
      .toEqual([
        { product_name: 'Ớt gió', unit: 'lít', quantity_milli: 5_000, total_vnd: 1_250_000 },
        { product_name: 'Gừng', unit: 'lít', quantity_milli: 2_500, total_vnd: 625_000 },
      ])
    book.close()
    goods.close()
  })

  test('what a buyer owes is added up until it is paid; the name is known from then on', async () => {
    const app = await new Phone().signed_in(road.url, '0900000028')
    const debts = app.watch_debts()
    const of = (name: string) => debts.value.value?.find(({ buyer_name }) => buyer_name === name)
    const credit = { ...honey, payment: 'credit', buyer_name: 'Chị Súa' } as const
    const later = await app.record_sale({ ...credit, due_on: '2026-12-24' })
    const sooner = await app.record_sale({ ...credit, due_on: '2026-12-01' })
    await app.sync_now()
    road.weather = 'request_lost'
    const voided = await app.record_sale(credit)
    await app.void_sale(voided.id, 'twice')
    await expect.poll(() => of('Chị Súa')).toMatchObject({ total_vnd: 1_250_000 })
    expect(of('Chị Súa')?.sales.map(({ id }) => id)).toEqual([sooner.id, later.id])
    await app.settle_sales([sooner.id])
    await expect.poll(() => of('Chị Súa')).toMatchObject({ total_vnd: 625_000 })
    await app.settle_sales([later.id])
    await expect.poll(() => of('Chị Súa')).toBe(undefined)
    await app.record_sale({ ...credit, buyer_name: 'Anh Dế' })
    const buyers = await app.read_buyers()
    expect(buyers[0]).toBe('Anh Dế')
    expect(buyers.filter((name) => name === 'Chị Súa')).toHaveLength(1)
    debts.close()
  })

  test('who has the money is told without reading every sale: sent or not, paid later, voided', async () => {
    const app = await new Phone().signed_in(road.url, '0900000029')
    const { watch_statement } = await import('../../src/state/statement.ts')
    const statement = watch_statement()
    const sums = () => {
      const { with_member_vnd = 0, on_credit_vnd = 0 } = statement.value.value ?? {}
      return [with_member_vnd, on_credit_vnd]
    }
    await expect.poll(() => statement.value.value).toBeDefined()
    const [had = 0, owed = 0] = sums()
    const cash = await app.record_sale(honey)
    const credit = await app.record_sale({ ...honey, payment: 'credit', buyer_name: 'Chị Súa' })
    await expect.poll(sums).toEqual([had + 625_000, owed + 625_000])
    await app.sync_now()
    road.weather = 'request_lost'
    await expect.poll(sums).toEqual([had + 625_000, owed + 625_000])
    expect(statement.value.value?.debts.map(({ id }) => id)).toContain(credit.id)
    await app.settle_sales([credit.id])
    await expect.poll(sums).toEqual([had + 1_250_000, owed])
    await app.void_sale(cash.id, 'twice')
    await expect.poll(sums).toEqual([had + 625_000, owed])
    statement.close()
  })
})
