import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { has_server, Server } from '../storm/server.ts'
import { type App, honey, Phone } from '../support/phone.ts'
import { Road } from '../support/road.ts'

const MINUTE_MS = 60_000

interface SharedApp extends App {
  people: typeof import('../../src/state/people.ts')
  pin: typeof import('../../src/state/pin.ts')
  lock: typeof import('../../src/state/lock.ts')
  others: typeof import('../../src/state/others.ts')
  account: typeof import('../../src/state/account.ts')
}

describe.skipIf(!has_server)('a shared phone', () => {
  let server: Server
  let road: Road
  let phone: Phone
  beforeAll(async () => {
    server = await Server.start()
  })
  afterAll(() => server?.stop())
  beforeEach(async () => {
    phone = new Phone()
    road = await Road.to(server.people.url)
  })
  afterEach(async () => {
    vi.useRealTimers()
    await leave()
    road.close()
  })

  let running: SharedApp | null = null

  /** The app is gone from memory, and nothing of it is under way to the server. */
  async function leave(): Promise<void> {
    if (!running) return
    const { account, others } = running
    for (const loop of [account.current_account()?.loop, others.others])
      await (loop as unknown as { running: Promise<void> | null } | undefined)?.running
    account.set_account(null)
    others.others.stop()
    running = null
  }

  /** As after a cold launch. */
  async function launch(): Promise<SharedApp> {
    await leave()
    const app = await phone.launch(road.url)
    running = {
      ...app,
      people: await import('../../src/state/people.ts'),
      pin: await import('../../src/state/pin.ts'),
      lock: await import('../../src/state/lock.ts'),
      others: await import('../../src/state/others.ts'),
      account: await import('../../src/state/account.ts'),
    }
    return running
  }
  const account = (who: string) => server.people.accounts[who] ?? { id: '', login: '' }
  const sign_in = (app: App, who: string) => app.sign_in(account(who).login, server.people.password)
  const unlock = (app: SharedApp, who: string, pin: string) => app.people.unlock(account(who).id, pin)
  const set_clock = (ms: number) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(ms)
  }

  /** The member with PIN 1234 and the neighbour with 56789, who has the phone in hand. */
  async function shared(): Promise<SharedApp> {
    const app = await launch()
    expect(await sign_in(app, 'member')).toEqual({ ok: true })
    await app.sync_now()
    await app.pin.choose_pin('1234')
    await app.lock.lock()
    expect(await sign_in(app, 'neighbour')).toEqual({ ok: true })
    expect(app.gate.value).toBe('choose_pin')
    await app.pin.choose_pin('56789')
    await app.sync_now()
    return app
  }

  /** What the server has of each, of sales that a test has given amounts of their own. */
  async function sold(...amounts: number[]): Promise<Record<string, number[]>> {
    interface Told {
      log: { mutation: { entity: string; set: { member_id?: string; total_vnd?: number } } }[]
    }
    const { log } = await server.tell<Told>('truth')
    const of = (who: string) =>
      log.flatMap(({ mutation: { entity, set } }) =>
        entity === 'sale' && set.member_id === account(who).id && amounts.includes(set.total_vnd ?? 0)
          ? [set.total_vnd ?? 0]
          : [],
      )
    return { member: of('member'), neighbour: of('neighbour') }
  }

  test('each sells under their own name without a network, and sees nothing of the other', async () => {
    const app = await shared()
    road.weather = 'request_lost'
    await app.record_sale({ ...honey, total_vnd: 2_000 })
    await app.lock.lock()
    expect(await unlock(app, 'member', '1234')).toEqual({ ok: true })
    expect(app.session.value?.user.id).toBe(account('member').id)
    expect([app.today.value.count, app.unsent.value, app.last_sale.value]).toEqual([0, 0, null])
    await app.record_sale({ ...honey, total_vnd: 1_000 })
    expect(app.today.value).toMatchObject({ count: 1, total_vnd: 1_000 })
    await app.lock.lock()
    await unlock(app, 'neighbour', '56789')
    expect(app.today.value).toMatchObject({ count: 1, total_vnd: 2_000 })
    const told = await app.people.people_here()
    expect(told.map(({ name, unsent }) => [name, unsent])).toEqual([
      ['member', 1],
      ['neighbour', 1],
    ])

    road.weather = 'fine'
    await app.sync_now()
    await app.others.others.now()
    expect(await sold(1_000, 2_000)).toEqual({ member: [1_000], neighbour: [2_000] })
    expect((await app.people.people_here()).map(({ unsent }) => unsent)).toEqual([0, 0])
  })

  test('everyone on the phone is sent, also while it is locked, and whoever needs a password stops nobody', async () => {
    const app = await shared()
    road.weather = 'request_lost'
    await app.record_sale({ ...honey, total_vnd: 4_000 })
    await app.lock.lock()
    await unlock(app, 'member', '1234')
    await app.record_sale({ ...honey, total_vnd: 3_000 })
    await app.lock.lock()
    await server.tell('shut_out', { who: 'member' })
    road.weather = 'fine'

    const locked = await launch()
    expect(locked.gate.value).toBe('locked')
    await locked.others.others.now()
    expect(await sold(3_000, 4_000)).toEqual({ member: [], neighbour: [4_000] })
    const told = await locked.people.people_here()
    expect(told.map(({ name, unsent, needs_password }) => [name, unsent, needs_password])).toEqual([
      ['member', 1, true],
      ['neighbour', 0, false],
    ])
    await unlock(locked, 'member', '1234')
    expect(locked.session.value?.needs_password).toBe(true)
    await locked.record_sale({ ...honey, total_vnd: 3_500 })
    expect(await sign_in(locked, 'member')).toEqual({ ok: true })
    await locked.sync_now()
    expect((await sold(3_000, 3_500)).member).toEqual([3_000, 3_500])
  })

  test('a new launch neither opens what was locked nor shows anything of it', async () => {
    const app = await shared()
    await app.record_sale(honey)
    const { count } = app.today.value
    await app.lock.lock()
    const again = await launch()
    expect([again.gate.value, again.session.value, again.readiness.value]).toEqual([
      'locked',
      null,
      'starting',
    ])
    expect([again.today.value.count, again.listings.value, again.members.value]).toEqual([0, [], []])
    await expect(again.record_sale(honey)).rejects.toMatchObject({ code: 'signed_out' })
    expect(await unlock(again, 'neighbour', '1234')).toMatchObject({ ok: false, code: 'wrong_pin' })
    expect(again.gate.value).toBe('locked')
    await unlock(again, 'neighbour', '56789')
    expect([again.gate.value, again.today.value.count]).toEqual(['open', count])
  })

  test.each([
    ['six minutes finds the book locked', 6 * MINUTE_MS, 'locked'],
    ['four minutes finds it open', 4 * MINUTE_MS, 'open'],
    ['a clock was set back by a day finds it locked', -1_440 * MINUTE_MS, 'locked'],
  ])('a launch after %s', async (_, away_ms, gate) => {
    await shared()
    set_clock(Date.now() + away_ms)
    expect((await launch()).gate.value).toBe(gate)
  })

  test('a lock after half an hour is kept for the phone', async () => {
    const app = await shared()
    await app.lock.set_lock_after('30')
    set_clock(Date.now() + 20 * MINUTE_MS)
    expect((await launch()).gate.value).toBe('open')
    set_clock(Date.now() + 31 * MINUTE_MS)
    expect((await launch()).gate.value).toBe('locked')
  })

  test('after three wrong PINs each one more waits longer, whatever is done to the clock or the app', async () => {
    const start_ms = Date.now()
    set_clock(start_ms)
    const app = await shared()
    await app.lock.lock()
    const waits = []
    for (let n = 0; n < 3; n++)
      waits.push(((await unlock(app, 'member', '0000')) as { wait_ms: number }).wait_ms)
    expect(waits).toEqual([0, 0, 30_000])
    expect(await unlock(app, 'member', '1234')).toEqual({ ok: false, code: 'wait', wait_ms: 30_000 })

    set_clock(start_ms + 20_000)
    const again = await launch()
    expect(await again.pin.pin_wait(account('member').id)).toBe(10_000)
    set_clock(start_ms - 1_440 * MINUTE_MS)
    expect(await again.pin.pin_wait(account('member').id)).toBe(10_000)
    set_clock(start_ms - 1_440 * MINUTE_MS + 10_000)
    expect(await unlock(again, 'member', '0000')).toEqual({ ok: false, code: 'wrong_pin', wait_ms: 60_000 })
    // The neighbour is not made to wait for it.
    expect(await unlock(again, 'neighbour', '56789')).toEqual({ ok: true })
    await again.lock.lock()
    set_clock(start_ms + MINUTE_MS)
    expect(await unlock(again, 'member', '1234')).toEqual({ ok: true })
    await again.lock.lock()
    expect(await unlock(again, 'member', '0000')).toEqual({ ok: false, code: 'wrong_pin', wait_ms: 0 })
  })

  test('the wait never grows beyond an hour', async () => {
    const { wait_after } = (await launch()).pin
    expect([0, 2, 3, 4, 5, 9, 10, 1_000].map(wait_after)).toEqual([
      0, 0, 30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000,
    ])
  })

  test('a forgotten PIN is replaced by the password, and what is unsent is there as before', async () => {
    const app = await shared()
    road.weather = 'request_lost'
    await app.record_sale(honey)
    const replica = app.session.value?.replica
    const { count } = app.today.value
    await app.lock.lock()
    const { reset_pin } = await import('../../src/state/sign_in.ts')
    const { login } = account('neighbour')
    expect(await reset_pin(login, server.people.password)).toMatchObject({ ok: false, code: 'no_network' })
    expect(app.gate.value).toBe('locked')
    road.weather = 'fine'
    expect(await reset_pin(login, 'wrong')).toMatchObject({ ok: false, code: 'wrong_password' })
    expect(app.gate.value).toBe('locked')
    expect(await reset_pin(login, server.people.password)).toEqual({ ok: true })
    expect(app.gate.value).toBe('choose_pin')
    expect((await launch()).gate.value).toBe('choose_pin')
    await (await import('../../src/state/pin.ts')).choose_pin('2468')
    const again = await launch()
    expect([again.session.value?.replica, again.today.value.count]).toEqual([replica, count])
    await again.lock.lock()
    expect(await unlock(again, 'neighbour', '56789')).toMatchObject({ code: 'wrong_pin' })
    expect(await unlock(again, 'neighbour', '2468')).toEqual({ ok: true })
  })

  test('who signed in before anyone had a PIN gives the password, since nothing else shows who they are', async () => {
    const app = await launch()
    await sign_in(app, 'member')
    await app.sync_now()
    expect([app.gate.value, app.session.value?.has_pin]).toEqual(['open', false])
    await sign_in(app, 'neighbour')
    expect(app.gate.value).toBe('choose_pin')
    await app.pin.choose_pin('56789')
    await app.lock.lock()
    expect(await unlock(app, 'member', '')).toMatchObject({ ok: false, code: 'wrong_pin' })
    expect(app.gate.value).toBe('locked')
    await sign_in(app, 'member')
    expect(app.gate.value).toBe('choose_pin')
  })

  test('who signs out leaves the phone to the others, and not while something is unsent', async () => {
    const app = await shared()
    road.weather = 'request_lost'
    await app.record_sale(honey)
    expect(await app.sign_out()).toEqual({ ok: false, code: 'unsent', unsent: 1 })
    road.weather = 'fine'
    await app.sync_now()
    expect(await app.sign_out()).toEqual({ ok: true })
    expect([app.gate.value, app.session.value]).toEqual(['locked', null])
    expect((await app.people.people_here()).map(({ name }) => name)).toEqual(['member'])
    await unlock(app, 'member', '1234')
    expect(await app.sign_out()).toEqual({ ok: true })
    expect([app.gate.value, app.readiness.value]).toEqual(['open', 'signed_out'])
  })

  test('the PIN itself is nowhere on the phone', async () => {
    await shared()
    const { phone: db } = await import('../../src/state/phone.ts')
    const kept = await db.read(['pins', 'sessions', 'settings'], async (tx) => [
      await tx.objectStore('pins').getAll(),
      await tx.objectStore('sessions').getAll(),
      await tx.objectStore('settings').getAll(),
    ])
    expect(kept[0]).toHaveLength(2)
    const text = JSON.stringify(kept, (_, value) =>
      ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value,
    )
    for (const pin of ['"1234"', '"56789"', '"[1,2,3,4]"']) expect(text).not.toContain(pin)
  })

  // The last two: nobody comes back.
  test('who was shut out and erased since is forgotten at the next launch, and whoever is left goes on', async () => {
    const app = await shared()
    await app.lock.lock()
    await server.tell('shut_out', { who: 'member' })
    await app.others.others.now()
    const book = app.account.book_name((await session_of('member'))?.replica ?? '')
    expect(await databases()).toContain(book)
    await server.tell('erase', { who: 'member' })

    const again = await launch()
    await again.others.others.now()
    await expect.poll(databases).not.toContain(book)
    expect(await session_of('member')).toBeUndefined()
    expect((await again.people.people_here()).map(({ name }) => name)).toEqual(['neighbour'])
    expect(await unlock(again, 'neighbour', '56789')).toEqual({ ok: true })

    // Shut out and erased between two syncs, with the book open and something that nobody can take any more.
    await again.sync_now()
    await server.tell('shut_out', { who: 'neighbour' })
    await server.tell('erase', { who: 'neighbour' })
    const { replica } = again.session.value ?? {}
    await again.record_sale(honey) // Not before: it is sent at once, and who is only shut out keeps the book.
    await again.sync_now()
    await expect.poll(() => again.readiness.value).toBe('signed_out')
    expect([again.session.value, await session_of('neighbour')]).toEqual([null, undefined])
    await expect.poll(databases).not.toContain(again.account.book_name(replica ?? ''))
  })

  test('who signed out and was erased since is forgotten too', async () => {
    const app = await launch()
    expect(await sign_in(app, 'manager')).toEqual({ ok: true })
    await app.sync_now()
    const book = app.account.book_name(app.session.value?.replica ?? '')
    expect(await app.sign_out()).toEqual({ ok: true })
    await expect.poll(async () => (await session_of('manager'))?.ended_token).toBeTruthy()
    await server.tell('erase', { who: 'manager' })

    const again = await launch()
    await again.others.others.now()
    await expect.poll(databases).not.toContain(book)
    expect(await session_of('manager')).toBeUndefined()
    expect(again.readiness.value).toBe('signed_out')
  })

  async function session_of(who: string) {
    const { phone: db } = await import('../../src/state/phone.ts')
    return db.read(['sessions'], (tx) => tx.objectStore('sessions').get(account(who).id))
  }
  const databases = async () => (await indexedDB.databases()).map(({ name }) => name)
})
