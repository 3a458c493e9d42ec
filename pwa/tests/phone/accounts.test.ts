import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { has_server, Server } from '../storm/server.ts'
import { type App, honey, Phone } from '../support/phone.ts'

interface Review {
  id: string
  stamps: Record<string, string>
  sides: { at: string }[]
}

/** The manager's side, by the API alone. */
class Office {
  private token = ''
  constructor(private readonly server: Server) {}

  private async ask<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.server.people.url}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        'Content-Type': 'application/json',
        ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    expect(response.status).toBe(200)
    return response.json() as Promise<T>
  }

  async open(): Promise<this> {
    const { accounts, password } = this.server.people
    const body = { login: accounts.manager?.login, password }
    this.token = (await this.ask<{ access_token: string }>('/auth/login', body)).access_token
    return this
  }

  async sales(): Promise<{ id: string }[]> {
    return (await this.ask<{ items: { id: string }[] }>('/sales?limit=1000')).items
  }

  /** What waits, the oldest first. */
  async held(): Promise<Review[]> {
    const { items } = await this.ask<{ items: Review[] }>('/reviews?kind=held&status=open')
    return items.sort((a, b) => ((a.sides[0]?.at ?? '') < (b.sides[0]?.at ?? '') ? -1 : 1))
  }

  async decide({ id, stamps }: Review, action: 'accept' | 'refuse', note?: string): Promise<void> {
    await this.ask(`/reviews/${id}/resolve`, { action, stamps, ...(note ? { note } : {}) })
  }
}

describe.skipIf(!has_server)('whatever becomes of an account', () => {
  let server: Server
  let phone: Phone
  beforeAll(async () => {
    server = await Server.start()
  })
  // Its last sync would bring what it recorded into the next test.
  afterEach(() => phone.put_away())
  afterAll(() => server?.stop())
  beforeEach(async () => {
    await server.tell('begin')
    phone = new Phone()
  })

  const sign_in = (app: App, who = 'member') =>
    app.sign_in(server.people.accounts[who]?.login ?? '', server.people.password)

  async function signed_in(url = server.people.url): Promise<App> {
    const app = await phone.launch(url)
    expect(await sign_in(app)).toEqual({ ok: true })
    await app.sync_now()
    return app
  }

  const state_of = async (app: App, id: string) => {
    const watch = app.watch_record('sale', id)
    await expect.poll(() => watch.value.value).toBeTruthy()
    const { value } = watch.value
    watch.close()
    return value
  }

  test('a token expires and the answer of its renewal is lost: nothing is asked of anybody', async () => {
    const app = await signed_in()
    const { id } = await app.record_sale(honey)
    const real = globalThis.fetch
    const renewals: string[] = []
    let [old, losing] = [true, true]
    vi.stubGlobal('fetch', async (url: string, options: RequestInit) => {
      const headers = new Headers(options.headers)
      const token = headers.get('Authorization')?.slice('Bearer '.length)
      if (url.endsWith('/auth/refresh')) {
        renewals.push(token ?? '')
        const answer = await real(url, options)
        if (losing) throw new TypeError('the answer was lost')
        old = false
        return answer
      }
      if (old && url.endsWith('/sync')) {
        const expired = await server.tell<{ token: string }>('expired', { token })
        headers.set('Authorization', `Bearer ${expired.token}`)
      }
      return real(url, { ...options, headers })
    })
    await app.sync_now()
    expect([app.unsent.value, app.session.value?.needs_password]).toEqual([1, false])
    losing = false
    await app.record_sale(honey)
    await app.sync_now()
    vi.unstubAllGlobals()
    expect(renewals.length).toBeGreaterThan(1)
    expect([app.unsent.value, app.session.value?.needs_password]).toEqual([0, false])
    const sold = await (await new Office(server).open()).sales()
    expect([sold.length, sold.some((sale) => sale.id === id)]).toEqual([2, true])
  })

  test('the password is changed: recording goes on, and the password sends everything', async () => {
    const app = await signed_in()
    await server.tell('shut_out', { who: 'member' })
    const { id: first } = await app.record_sale(honey)
    await app.sync_now()
    expect(app.session.value?.needs_password).toBe(true)
    const { id: second } = await app.record_sale(honey)
    const replica = app.session.value?.replica
    expect(app.unsent.value).toBe(2)

    expect(await sign_in(app, 'neighbour')).toMatchObject({ ok: false, code: 'unsent' })
    expect(app.unsent.value).toBe(2)
    expect(await sign_in(app)).toEqual({ ok: true })
    await app.sync_now()
    expect(app.session.value?.replica).toBe(replica)
    expect([app.unsent.value, app.send_state.value.differs]).toEqual([0, false])
    const sold = (await (await new Office(server).open()).sales()).map(({ id }) => id).sort()
    expect(sold).toEqual([first, second].sort())
  })

  test.each([
    ['disabled', { status: 'disabled' }],
    ['moved to another co-operative', { coop_id: '' }],
  ])(
    'the account is %s with unsent sales: they wait for the manager, who takes one and refuses one',
    async (_, values) => {
      const [home, elsewhere] = server.people.coops
      const app = await signed_in()
      const { id: kept } = await app.record_sale(honey)
      await app.sync_now()
      await server.tell('change', {
        who: 'member',
        ...values,
        ...('coop_id' in values ? { coop_id: elsewhere } : {}),
      })
      const { id: taken } = await app.record_sale({ ...honey, total_vnd: honey.total_vnd - 1_000 })
      const { id: refused } = await app.record_sale({ ...honey, total_vnd: honey.total_vnd - 2_000 })
      await app.sync_now()
      expect(app.unsent.value).toBe(0)
      expect([(await state_of(app, kept))?.state, (await state_of(app, taken))?.state]).toEqual([
        'coop',
        'look',
      ])
      expect((await state_of(app, taken))?.reasons).toMatchObject([{ code: 'held' }])
      const today = app.today.value
      expect(today.count).toBe(3)

      const office = await new Office(server).open()
      expect((await office.sales()).map(({ id }) => id)).toEqual([kept])
      const [one, other, ...more] = await office.held()
      expect(more).toEqual([])
      await office.decide(one as Review, 'accept', 'Đã hỏi, đúng là của chị')
      await office.decide(other as Review, 'refuse', 'Phiếu này ghi nhầm <b>ngày</b>')
      await app.sync_now()
      expect(app.refused.value).toMatchObject([
        { id: refused, errors: { mutation: ['refused'] }, note: 'Phiếu này ghi nhầm <b>ngày</b>' },
      ])
      expect((await state_of(app, refused))?.reasons).toMatchObject([
        { code: 'refused', note: 'Phiếu này ghi nhầm <b>ngày</b>' },
      ])
      expect((await office.sales()).map(({ id }) => id).sort()).toEqual([kept, taken].sort())
      expect(app.today.value).toMatchObject({ count: 2, total_vnd: 2 * honey.total_vnd - 1_000 })

      await server.tell('change', { who: 'member', coop_id: home, status: 'active' })
      if (app.session.value?.needs_password) await sign_in(app)
      await app.sync_now()
      const shown = await state_of(app, taken)
      expect(shown).toMatchObject({
        state: 'coop',
        review_note: 'Đã hỏi, đúng là của chị',
        view: { counts: true },
      })
      await app.dismiss_refused(app.refused.value[0]?.at ?? '')
      await app.sync_now()
      expect(app.refused.value).toEqual([])
      expect(app.send_state.value).toMatchObject({ differs: false, last_error: null })
      expect(app.today.value.count).toBe(2)
    },
  )

  test('a refused sale is mended and counts', async () => {
    const app = await signed_in()
    await server.tell('change', { who: 'member', status: 'disabled' })
    const { id } = await app.record_sale(honey)
    await app.sync_now()
    const office = await new Office(server).open()
    const [review] = await office.held()
    await office.decide(review as Review, 'refuse', 'Ghi lại giúp')
    await server.tell('change', { who: 'member', status: 'active' })
    await app.sync_now()
    const [refused] = app.refused.value
    expect(refused).toMatchObject({ id, note: 'Ghi lại giúp' })
    await app.mend_refused(refused?.at ?? '', { note: 'đã hỏi lại' })
    await app.sync_now()
    expect([app.refused.value, app.unsent.value]).toEqual([[], 0])
    expect((await state_of(app, id))?.view).toMatchObject({ counts: true, note: 'đã hỏi lại' })
    expect((await office.sales()).map((sale) => sale.id)).toEqual([id])
  })

  test('after a move the phone signs in there with a book of its own; what was unsent waits at home', async () => {
    const app = await signed_in()
    await server.tell('change', { who: 'member', coop_id: server.people.coops[1] })
    const { id } = await app.record_sale(honey)
    // What is unsent keeps this account's book open until it was sent.
    await app.sync_now()
    expect(app.unsent.value).toBe(0)
    const before = app.session.value?.replica
    expect(await app.sign_out()).toEqual({ ok: true })
    expect(await sign_in(app)).toEqual({ ok: true })
    await app.sync_now()
    expect(app.session.value?.replica).not.toBe(before)
    expect(app.today.value.count).toBe(0)
    const watch = app.watch_record('sale', id)
    await expect.poll(() => watch.value.value).toBe(null)
    watch.close()
    expect((await (await new Office(server).open()).held()).length).toBe(1)
  })
})
