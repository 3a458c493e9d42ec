import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { honey } from '../support/phone.ts'
import { type Accident, break_storage, Life, plant } from './disk.ts'
import { check } from './invariants.ts'
import { type App, one_app_alone, type StormPhone } from './phone.ts'
import { Random } from './random.ts'
import { Season } from './season.ts'
import { has_server, Server } from './server.ts'
import { type Fault, Weather } from './weather.ts'

const ACCIDENTS: Accident[] = ['killed', 'full', 'full_late']
/** Steps of the road at which an exchange may break. */
const ROAD: Fault[] = ['request_lost', 'answer_lost', 'answer_cut', 'doubled', 'delayed', 'token_expired']

describe.skipIf(!has_server)('an exchange and a recording that break at every step', () => {
  let server: Server
  let season: Season
  let phone: StormPhone
  let manager: StormPhone
  const undo: (() => void)[] = []
  beforeAll(async () => {
    server = await Server.start()
  })
  afterAll(() => server?.stop())

  beforeEach(async () => {
    const random = new Random(7)
    undo.push(one_app_alone((values) => random.fill(values)))
    undo.push(break_storage())
    const weather = new Weather(random, server)
    const { fetch } = globalThis
    globalThis.fetch = weather.fetch
    undo.push(() => {
      globalThis.fetch = fetch
    })
    season = new Season(random, server, weather)
    await season.begin()
    ;[phone, , , manager] = season.phones as [StormPhone, StormPhone, StormPhone, StormPhone]
    phone.drift_ms = 0
  })
  afterEach(() => {
    for (const step of undo.splice(0).reverse()) step()
  })

  const use = (
    who: StormPhone,
    life: Life,
    work: (app: App) => Promise<unknown>,
    sky: 'fine' | 'none' = 'fine',
  ) =>
    season.turn(who, sky, life, async (app) => {
      await work(app).catch(() => {})
    })

  /** Unsent changes of every kind on the phone, and a manager's changes waiting on the server. */
  async function before_the_exchange() {
    let sale = ''
    let listing = ''
    await use(phone, new Life(), async (app) => {
      sale = (await app.record_sale(honey)).id
      const first_stock = { quantity_milli: 9_000, kind: 'harvest' } as const
      listing = (
        await app.add_listing({ product_name: 'Thảo quả', unit: 'kg', price_vnd: 1_000, first_stock })
      ).id
      await app.sync_now()
    })
    await use(
      phone,
      new Life(),
      async (app) => {
        await app.record_sale({ ...honey, listing_id: listing })
        await app.correct_sale(sale, 'wrong', honey)
        await app.edit_listing(listing, { price_vnd: 2_000 })
      },
      'none',
    )
    await use(manager, new Life(), async (app) => {
      await app.edit_listing(listing, { price_vnd: 3_000 })
      await app.record_sale({ ...honey, listing_id: listing })
      await app.sync_now()
    })
    return {
      disk: await phone.copy(),
      managers: await manager.copy(),
      copy: (await server.tell<{ copy: number }>('copy')).copy,
    }
  }

  const settled = async () => {
    await season.come_to_rest()
    await check(season)
  }

  test.each(ACCIDENTS)('%s at each write of an exchange', async (accident) => {
    const start = await before_the_exchange()
    let tried = 0
    for (let at_write = 1; ; at_write++) {
      await server.tell('put_back', { copy: start.copy })
      phone.disk = start.disk
      phone.disk = await phone.copy()
      manager.disk = start.managers
      manager.disk = await manager.copy()
      const life = new Life(accident, at_write)
      await use(phone, life, (app) => app.sync_now())
      if (life.writes < at_write) break
      tried++
      if (at_write % 3 === 0) await settled()
      else await use(phone, new Life(), (app) => app.sync_now())
      expect(
        (await phone.outbox()).filter(({ phase }) => phase !== 'settled' && phase !== 'rejected'),
      ).toEqual([])
      expect((await phone.meta())?.differs).toBe(false)
    }
    await settled()
    expect(tried).toBeGreaterThan(15)
  })

  test.each(ROAD)('%s at each request of an exchange', async (fault) => {
    const start = await before_the_exchange()
    for (let request = 1; request <= 3; request++) {
      await server.tell('put_back', { copy: start.copy })
      phone.disk = start.disk
      phone.disk = await phone.copy()
      season.weather.break_at(request, fault)
      await use(phone, new Life(), (app) => app.sync_now())
      await season.weather.deliver()
      await use(phone, new Life(), (app) => app.sync_now())
      expect((await phone.outbox()).filter(({ phase }) => phase !== 'settled')).toEqual([])
    }
    await settled()
  })

  /** Whether the tick was seen, and how many of the two mutations of a correction stayed. */
  async function corrected(disk: StormPhone['disk'], was: number, life: Life): Promise<[boolean, number]> {
    phone.disk = disk
    phone.disk = await phone.copy()
    let ticked = false
    await season.turn(phone, 'none', new Life(), async (app) => {
      const sale = app.open_book()
      await sale.load_more()
      const id = sale.value.value?.[0]?.sales.find(({ voided }) => !voided)?.id ?? ''
      sale.close()
      phone.start(life)
      await app.correct_sale(id, 'wrong', honey).then(
        () => {
          ticked = true
        },
        () => {},
      )
    })
    return [ticked, (await phone.outbox()).length - was]
  }

  test.each(ACCIDENTS)('%s at each write of a recording: all of it or nothing', async (accident) => {
    const { disk } = await before_the_exchange()
    const was = (await phone.outbox()).length
    for (const at_write of [1, 2, 3])
      expect(await corrected(disk, was, new Life(accident, at_write))).toEqual(
        at_write <= 2 ? [false, 0] : [true, 2],
      )
  })

  test('a storage that keeps half of what it wrote is noticed', async () => {
    const { disk } = await before_the_exchange()
    const was = (await phone.outbox()).length
    plant({ keeps_halves: true })
    undo.push(() => plant(null))
    expect(await corrected(disk, was, new Life('killed', 2))).toEqual([false, 1])
  })
})
