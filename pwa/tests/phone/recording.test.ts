import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { honey, Phone } from '../support/phone.ts'
import { Road } from '../support/road.ts'

const server_url = inject('server_url')
const ok = { differs: false, last_error: null }

describe.skipIf(server_url === '')('recording', () => {
  let road: Road
  beforeEach(async () => {
    road = await Road.to(server_url)
  })
  afterEach(() => road.close())

  test('the tick is drawn first, then the counts, then the sale is on its way', async () => {
    const phone = new Phone()
    const app = await phone.signed_in(road.url, '0900000025')
    road.weather = 'request_lost'
    const { today, unsent, last_sale } = app
    const { set_frame_drawn } = await import('../../src/state/drawn.ts')
    const before = today.value
    let draw = (): void => {}
    set_frame_drawn(() => new Promise((drawn) => (draw = drawn)))
    const recorded = app.record_sale(honey)
    await expect.poll(() => last_sale.value?.total_vnd).toBe(honey.total_vnd)
    expect(last_sale.value?.day.count).toBe(before.count + 1)
    expect([today.value.count, unsent.value]).toEqual([before.count, 0])
    draw()
    await recorded
    expect([today.value.count, unsent.value]).toEqual([before.count + 1, 1])
    await phone.put_away() // Never sent: the account is another test's too.
  })

  test('undo voids the sale: it stays in the book, out of the totals', async () => {
    const app = await new Phone().signed_in(road.url, '0900000025')
    road.weather = 'request_lost'
    const before = app.today.value
    const { id } = await app.record_sale(honey)
    expect(app.last_sale.value).toMatchObject({ id, undone: false })
    await app.undo_sale(id)
    expect(app.last_sale.value).toMatchObject({ id, undone: true })
    expect(app.today.value).toEqual(before)
    const book = app.open_book()
    await expect
      .poll(() => book.value.value?.[0]?.sales[0])
      .toMatchObject({ id, voided: true, void_reason: 'undo', counts: false, state: 'phone' })
    road.weather = 'fine'
    await app.sync_now()
    await expect
      .poll(() => book.value.value?.[0]?.sales[0])
      .toMatchObject({ id, voided: true, state: 'coop' })
    expect(app.today.value).toEqual(before)
    expect(app.send_state.value).toMatchObject(ok)
    await expect(app.void_sale(id, 'again')).rejects.toMatchObject({ code: 'invalid' })
    book.close()
  })

  test('a correction voids the old sale and counts the new one, in one step', async () => {
    const app = await new Phone().signed_in(road.url, '0900000025')
    const before = app.today.value
    const { id } = await app.record_sale(honey)
    const corrected = await app.correct_sale(id, 'wrong_amount', { ...honey, total_vnd: 600_000 })
    const after = { count: before.count + 1, total_vnd: before.total_vnd + 600_000 }
    expect(app.today.value).toMatchObject(after)
    expect(corrected.day).toMatchObject(after)
    await app.sync_now()
    expect(app.today.value).toMatchObject(after)
    expect(app.send_state.value).toMatchObject(ok)
    const detail = app.watch_record('sale', corrected.id)
    await expect
      .poll(() => detail.value.value?.view)
      .toMatchObject({ replaces_id: id, counts: true, state: 'coop' })
    detail.close()
  })

  test('a credit sale is settled, and its buyer named later', async () => {
    const app = await new Phone().signed_in(road.url, '0900000026')
    const { id } = await app.record_sale({ ...honey, payment: 'credit', buyer_name: ' Chị Mỷ ' })
    await app.sync_now()
    await app.edit_sale(id, { buyer_name: 'Chị Mỷ, Lũng Cú', note: 'trả cuối tháng' })
    await app.settle_sales([id])
    await app.sync_now()
    const detail = app.watch_record('sale', id)
    await expect
      .poll(() => detail.value.value?.view)
      .toMatchObject({
        buyer_name: 'Chị Mỷ, Lũng Cú',
        note: 'trả cuối tháng',
        settled: true,
        state: 'coop',
      })
    expect(app.send_state.value).toMatchObject(ok)
    detail.close()
  })

  test('a credit sale keeps the day that was promised, another one later, and none that is no day', async () => {
    const app = await new Phone().signed_in(road.url, '0900000026')
    // Goods and a sum of its own: the same from another phone would be asked about.
    const on_credit = {
      ...honey,
      product_name: 'Mật ong hoa nhãn',
      total_vnd: 620_000,
      payment: 'credit',
    } as const
    const { id } = await app.record_sale({ ...on_credit, due_on: '2026-12-24' })
    const half_typed = await app.record_sale({ ...on_credit, due_on: '0002-12-24' })
    await app.sync_now()
    const detail = app.watch_record('sale', id)
    await expect.poll(() => detail.value.value?.view).toMatchObject({ due_on: '2026-12-24', state: 'coop' })
    await app.edit_sale(id, { due_on: '2027-01-31' })
    await expect.poll(() => detail.value.value?.view).toMatchObject({ due_on: '2027-01-31', state: 'phone' })
    await app.sync_now()
    expect(app.send_state.value).toMatchObject(ok)
    await expect.poll(() => detail.value.value?.view).toMatchObject({ due_on: '2027-01-31', state: 'coop' })
    const other = app.watch_record('sale', half_typed.id)
    await expect.poll(() => other.value.value?.view).toMatchObject({ due_on: '', state: 'coop' })
    detail.close()
    other.close()
  })

  test('stock is entries: a harvest adds, a loss takes away, a voided one is as if it never was', async () => {
    const app = await new Phone().signed_in(road.url, '0900000027')
    const stock = { quantity_milli: 20_000, kind: 'harvest' } as const
    const { id } = await app.add_listing({
      product_name: 'Măng khô',
      unit: 'kg',
      price_vnd: 1,
      first_stock: stock,
    })
    const left = () => app.listings.value.find((listing) => listing.id === id)?.left_milli
    await app.add_stock(id, 'loss', 3_000)
    const { id: mistaken } = await app.add_stock(id, 'purchase', 50_000)
    await app.void_stock(mistaken)
    expect(left()).toBe(17_000)
    await app.sync_now()
    expect(left()).toBe(17_000)
    const entries = app.watch_stock(id)
    await expect
      .poll(() => entries.value.value?.map((entry) => entry.quantity_milli))
      .toEqual([50_000, -3_000, 20_000])
    entries.close()
  })

  test('an edit of a record that is not here is refused at once', async () => {
    const app = await new Phone().signed_in(road.url, '0900000027')
    await expect(
      app.edit_listing('0199aa5b-e8f0-7abc-8def-0123456789ab', { price_vnd: 5 }),
    ).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(app.unsent.value).toBe(0)
  })

  test('the book reads whole days, newest first, and searches all of them', async () => {
    const app = await new Phone().signed_in(road.url, '0900000002')
    const book = app.open_book()
    await expect.poll(() => book.value.value?.length).toBeGreaterThan(0)
    while (book.more.value) await book.load_more()
    const days = book.value.value ?? []
    const sales = days.flatMap((day) => day.sales)
    expect(sales).toHaveLength(app.send_state.value.here)
    expect(days.map(({ day }) => day)).toEqual([...new Set(sales.map(({ day }) => day))].sort().reverse())
    for (const { count, total_vnd, sales } of days) {
      const counted = sales.filter((sale) => sale.counts)
      expect(count).toBe(counted.length)
      expect(total_vnd).toBe(counted.reduce((sum, sale) => sum + sale.total_vnd, 0))
    }
    const [first] = sales
    const found = app.open_book({ matches: (sale) => sale.product_name === first?.product_name })
    await expect.poll(() => found.value.value?.length).toBeGreaterThan(0)
    while (found.more.value) await found.load_more()
    expect(found.value.value?.flatMap((day) => day.sales)).toHaveLength(
      sales.filter((sale) => sale.product_name === first?.product_name).length,
    )
    book.close()
    found.close()
  })

  test('two tabs see what the other records', async () => {
    const phone = new Phone()
    const one = await phone.signed_in(road.url, '0900000025')
    const two = await phone.launch(road.url)
    road.weather = 'request_lost'
    const before = one.today.value.count
    await one.record_sale(honey)
    await expect.poll(() => two.today.value.count).toBe(before + 1)
    await two.record_sale(honey)
    await expect.poll(() => one.today.value.count).toBe(before + 2)
    road.weather = 'fine'
    await Promise.all([one.sync_now(), two.sync_now()])
    for (const tab of [one, two]) {
      await expect.poll(() => tab.unsent.value).toBe(0)
      expect(tab.today.value.count).toBe(before + 2)
      expect(tab.send_state.value.differs).toBe(false)
    }
  })

  test('who signs out finds everything again, and another account sees nothing of it', async () => {
    const phone = new Phone()
    const app = await phone.signed_in(road.url, '0900000029')
    const { here } = app.send_state.value
    const replica = app.session.value?.replica
    expect(await app.sign_out()).toEqual({ ok: true })
    expect(app.session.value).toBe(null)
    const other = await phone.signed_in(road.url, '0900000030')
    expect(other.session.value?.user.id).not.toBe(null)
    await other.sign_out()
    road.weather = 'fine'
    const again = await phone.signed_in(road.url, '0900000029')
    expect(again.send_state.value.here).toBe(here)
    expect(again.session.value?.replica).toBe(replica)
  })
})
