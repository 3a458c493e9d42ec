import { afterEach, describe, expect, inject, test, vi } from 'vitest'
import { honey, Phone } from '../support/phone.ts'
import { Road } from '../support/road.ts'

const server_url = inject('server_url')
const HOUR_MS = 3_600_000

/** Sets only what `Date` says; everything else runs as always. */
const set_clock = (ms: number) => {
  vi.useFakeTimers({ toFake: ['Date'], now: ms })
}

describe.skipIf(server_url === '')('a phone with a wrong clock', () => {
  const real_ms = Date.now()
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each([
    ['years ahead', real_ms + 5 * 365 * 24 * HOUR_MS, '0900000021'],
    ['years behind', real_ms - 9 * 365 * 24 * HOUR_MS, '0900000022'],
    ['an hour ahead', real_ms + HOUR_MS, '0900000023'],
  ])('%s is told, and what it records next has the right time', async (_, clock_ms, login) => {
    set_clock(clock_ms)
    const app = await new Phone().signed_in(server_url, login)
    expect(Math.abs((app.clock_warning.value?.drift_ms ?? 0) - (clock_ms - real_ms))).toBeLessThan(
      10 * 60_000,
    )
    const { id, day } = await app.record_sale(honey)
    await app.sync_now()
    expect(app.unsent.value).toBe(0)
    expect(app.refused.value).toEqual([])
    expect(app.send_state.value.differs).toBe(false)
    const detail = app.watch_record('sale', id)
    await expect.poll(() => detail.value.value?.state).toBe('coop')
    const view = detail.value.value?.view
    const sold_at = view?.entity === 'sale' ? view.sold_at : ''
    expect(Math.abs(Date.parse(sold_at) - real_ms)).toBeLessThan(10 * 60_000)
    expect(day.day).toBe(app.today.value.day)
    detail.close()
  })

  test('learns the time in every tab', async () => {
    const road = await Road.to(server_url)
    const phone = new Phone()
    const one = await phone.signed_in(road.url, '0900000020')
    const two = await phone.launch(road.url)
    road.weather = 'request_lost'
    set_clock(real_ms + 365 * 24 * HOUR_MS)
    const { day: wrong } = await two.record_sale(honey)
    road.weather = 'fine'
    await one.sync_now()
    await expect.poll(() => two.clock_warning.value?.drift_ms ?? 0).toBeGreaterThan(HOUR_MS)
    const { day } = await two.record_sale(honey)
    expect(day.day < wrong.day).toBe(true)
    expect(day.day).toBe(two.today.value.day)
    road.close()
  })

  test('that records before it knows keeps what it edited, and goes on with the right time', async () => {
    const phone = new Phone()
    const signed_in = await phone.signed_in(server_url, '0900000024')
    const { id } = await signed_in.add_listing({ product_name: 'Thảo quả', unit: 'kg', price_vnd: 100_000 })
    await signed_in.sync_now()

    set_clock(real_ms + 3 * 365 * 24 * HOUR_MS)
    const app = await phone.launch('http://127.0.0.1:9')
    await app.edit_listing(id, { price_vnd: 110_000 })
    await app.edit_listing(id, { price_vnd: 120_000 })
    const price = (of: typeof app) => of.listings.value.find((listing) => listing.id === id)?.price_vnd
    expect(price(app)).toBe(120_000)

    const online = await phone.launch(server_url)
    await online.sync_now()
    expect(online.unsent.value).toBe(0)
    expect(price(online)).toBe(120_000)
    expect(online.clock_warning.value?.drift_ms).toBeGreaterThan(HOUR_MS)
    await online.edit_listing(id, { price_vnd: 130_000 })
    expect(price(online)).toBe(130_000)
    await online.sync_now()
    expect(price(online)).toBe(130_000)
    expect(online.send_state.value.differs).toBe(false)

    vi.useRealTimers()
    const mended = await phone.launch(server_url)
    await mended.sync_now()
    expect(mended.clock_warning.value).toBe(null)
    await mended.edit_listing(id, { price_vnd: 140_000 })
    await mended.sync_now()
    expect(price(mended)).toBe(140_000)
  })
})
