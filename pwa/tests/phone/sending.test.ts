import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { honey, Phone } from '../support/phone.ts'
import { Road } from '../support/road.ts'

const server_url = inject('server_url')

/** What a phone sent, unpacked. */
const content = (body: Buffer): { mutations: unknown[] } =>
  JSON.parse((body[0] === 0x1f ? gunzipSync(body) : body).toString())

describe.skipIf(server_url === '')('a phone and the co-operative', () => {
  let road: Road
  beforeEach(async () => {
    road = await Road.to(server_url)
  })
  afterEach(() => road.close())

  test('after the first sync everything is here and has been checked', async () => {
    const app = await new Phone().signed_in(road.url)
    expect(app.readiness.value).toBe('ready')
    const { here_by_entity, there_by_entity, differs, checked_at_ms, last_error } = app.send_state.value
    expect(last_error).toBe(null)
    expect(here_by_entity.sale).toBeGreaterThan(0)
    expect(here_by_entity).toEqual(there_by_entity)
    expect(differs).toBe(false)
    expect(checked_at_ms).not.toBe(null)
    expect(app.listings.value.length).toBeGreaterThan(0)
  })

  test('a sale recorded without a network is seen at once and arrives later', async () => {
    const phone = new Phone()
    const app = await phone.signed_in(road.url)
    const before = app.today.value.count
    road.weather = 'request_lost'
    // Goods of its own: what other tests sell would make its price odd.
    const { id, day } = await app.record_sale({
      ...honey,
      product_name: 'Mật ong hoa nhãn',
      total_vnd: 615_000,
    })
    expect(day.count).toBe(before + 1)
    expect(app.unsent.value).toBe(1)
    await app.sync_now()
    expect(app.send_state.value.last_error).toBe('no_network')

    const relaunched = await phone.launch(road.url)
    expect(relaunched.today.value.count).toBe(before + 1)
    expect(relaunched.unsent.value).toBe(1)
    road.weather = 'fine'
    await relaunched.sync_now()
    expect(relaunched.unsent.value).toBe(0)
    expect(relaunched.today.value.count).toBe(before + 1)
    expect(relaunched.send_state.value).toMatchObject({ differs: false, last_error: null })

    const other = await new Phone().signed_in(server_url, '0900000002')
    const detail = other.watch_record('sale', id)
    await expect.poll(() => detail.value.value?.state).toBe('coop')
  })

  test('fifty sales go up in one request of at most 10 KB', async () => {
    const app = await new Phone().signed_in(road.url)
    road.weather = 'request_lost'
    const goods = app.listings.value.filter(({ mine }) => mine)
    for (let number = 0; number < 50; number++) {
      const sold = goods[number % goods.length] ?? { id: null, ...honey, price_vnd: 250_000 }
      const quantity_milli = 500 * (1 + (number % 9))
      await app.record_sale({
        listing_id: sold.id,
        product_name: sold.product_name,
        unit: sold.unit,
        quantity_milli,
        unit_price_vnd: sold.price_vnd,
        total_vnd: (quantity_milli * sold.price_vnd) / 1000 - 1000 * (number % 3),
        payment: (['cash', 'transfer', 'credit'] as const)[number % 3] ?? 'cash',
        ...(number % 3 === 2 ? { buyer_name: `Chị Mỷ ${number}`, due_on: '2026-12-24' } : {}),
      })
    }
    await app.sync_now()
    expect(app.unsent.value).toBe(50)
    road.weather = 'fine'
    road.sync_bodies = []
    await app.sync_now()
    expect(app.unsent.value).toBe(0)
    expect(app.send_state.value.differs).toBe(false)
    const with_sales = road.sync_bodies.filter((body) => content(body).mutations.length > 0)
    expect(with_sales.map((body) => content(body).mutations.length)).toEqual([50])
    expect(with_sales[0]?.byteLength).toBeLessThanOrEqual(10 * 1024)
  })

  test('an app that is too old keeps what it has, goes on recording, and sends all of it once it is new', async () => {
    const phone = new Phone()
    const app = await phone.signed_in(road.url)
    const before = app.today.value.count
    road.weather = 'too_old'
    await app.record_sale(honey)
    await app.sync_now()
    expect(app.send_state.value.last_error).toBe('client_too_old')
    await app.record_sale({ ...honey, payment: 'credit', due_on: '2026-12-24' })
    await app.sync_now()
    expect([app.unsent.value, app.today.value.count]).toEqual([2, before + 2])

    const updated = await phone.launch(road.url)
    expect([updated.unsent.value, updated.today.value.count]).toEqual([2, before + 2])
    road.weather = 'fine'
    await updated.sync_now()
    expect(updated.unsent.value).toBe(0)
    expect(updated.send_state.value).toMatchObject({ differs: false, last_error: null })
  })

  test('a lost answer makes no second sale', async () => {
    const app = await new Phone().signed_in(road.url, '0900000012')
    const before = app.send_state.value.there ?? 0
    road.weather = 'answer_lost'
    await app.record_sale(honey)
    await app.sync_now()
    expect(app.unsent.value).toBe(1)
    road.weather = 'fine'
    await app.sync_now()
    expect(app.unsent.value).toBe(0)
    expect(app.send_state.value).toMatchObject({ here: before + 1, there: before + 1, differs: false })
  })

  test("a captive portal's page is no answer", async () => {
    const app = await new Phone().signed_in(road.url, '0900000013')
    road.weather = 'portal'
    await app.record_sale(honey)
    await app.sync_now()
    expect(app.unsent.value).toBe(1)
    expect(app.send_state.value.last_error).toBe('no_answer')
    road.weather = 'fine'
    await app.sync_now()
    expect(app.unsent.value).toBe(0)
  })

  test('with used-up tokens recording goes on, and the password sends everything', async () => {
    const phone = new Phone()
    const app = await phone.signed_in(road.url, '0900000014')
    road.weather = 'tokens_expired'
    await app.sync_now()
    expect(app.session.value?.needs_password).toBe(true)
    await app.record_sale(honey)
    expect(app.unsent.value).toBe(1)
    const refused = await app.sign_out()
    expect(refused).toEqual({ ok: false, code: 'unsent', unsent: 1 })

    const relaunched = await phone.launch(road.url)
    expect(relaunched.session.value?.needs_password).toBe(true)
    expect(relaunched.unsent.value).toBe(1)
    road.weather = 'fine'
    const replica = relaunched.session.value?.replica
    expect(await relaunched.sign_in('0900000014', 'wrong')).toMatchObject({
      ok: false,
      code: 'wrong_password',
    })
    expect(await relaunched.sign_in('0900000015', 'chophien-demo')).toMatchObject({
      ok: false,
      code: 'unsent',
    })
    expect(await relaunched.sign_in('0900000014', 'chophien-demo')).toEqual({ ok: true })
    await relaunched.sync_now()
    expect(relaunched.session.value).toMatchObject({ replica, needs_password: false })
    expect(relaunched.unsent.value).toBe(0)
    expect(await relaunched.sign_out()).toEqual({ ok: true })
    expect(relaunched.readiness.value).toBe('signed_out')
  })

  test('a refused sale stays in the book until it is mended', async () => {
    const app = await new Phone().signed_in(road.url, '0900000016')
    const before = app.send_state.value.here
    await app.record_sale({ ...honey, product_name: 'x'.repeat(300) })
    await app.sync_now()
    expect(app.unsent.value).toBe(0)
    const [refused] = app.refused.value
    expect(Object.keys(refused?.errors ?? {})).toEqual(['product_name'])
    expect(refused?.view).toMatchObject({ state: 'refused', counts: false })
    const book = app.open_book()
    await expect.poll(() => book.value.value?.[0]?.sales[0]?.state).toBe('refused')

    await app.mend_refused(refused?.at ?? '', { product_name: 'Mật ong' })
    await app.sync_now()
    expect(app.refused.value).toEqual([])
    expect(app.send_state.value).toMatchObject({ here: before + 1, there: before + 1, differs: false })
    await expect
      .poll(() => book.value.value?.[0]?.sales[0])
      .toMatchObject({ counts: true, product_name: 'Mật ong' })
    book.close()
  })

  test('a thousand sales go up in few requests', async () => {
    const app = await new Phone().signed_in(road.url, '0900000017')
    road.weather = 'request_lost'
    for (let sale = 0; sale < 1_020; sale++) await app.record_sale(honey)
    expect(app.unsent.value).toBe(1_020)
    road.weather = 'fine'
    road.syncs = 0
    await app.sync_now()
    expect(app.send_state.value.last_error).toBe(null)
    expect(app.unsent.value).toBe(0)
    // Three carry them; on a busy machine a few more only look for news, each asked for meanwhile.
    expect(road.syncs).toBeLessThanOrEqual(12)
    expect(app.send_state.value.differs).toBe(false)
  })

  test('two phones of one member see each other after a sync', async () => {
    const one = await new Phone().signed_in(road.url, '0900000018')
    const { id } = await one.add_listing({
      product_name: 'Chè Shan tuyết',
      unit: 'kg',
      price_vnd: 350_000,
      first_stock: { quantity_milli: 10_000, kind: 'harvest' },
    })
    await one.record_sale({ ...honey, listing_id: id, quantity_milli: 4_000 })
    const left = (app: typeof one) => app.listings.value.find((listing) => listing.id === id)?.left_milli
    expect(left(one)).toBe(6_000)
    await one.sync_now()
    expect(left(one)).toBe(6_000)
    expect(one.send_state.value.differs).toBe(false)
    const two = await new Phone().signed_in(road.url, '0900000018')
    expect(left(two)).toBe(6_000)
    await two.edit_listing(id, { price_vnd: 360_000 })
    await two.sync_now()
    expect(two.listings.value.find((listing) => listing.id === id)).toMatchObject({
      price_vnd: 360_000,
      state: 'coop',
    })
  })
})
