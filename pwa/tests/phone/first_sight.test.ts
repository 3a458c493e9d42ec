/** The tiles that stand before the book is open: whose they are, and when there are none. */
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { type App, honey, Phone } from '../support/phone.ts'

const server_url = inject('server_url')
const MEMBER = '0900000015'
const NEIGHBOUR = '0900000016'

describe.skipIf(server_url === '')('what stands before the book is open', () => {
  let kept: Map<string, string>
  let phone: Phone
  beforeEach(() => {
    kept = new Map()
    vi.stubGlobal('localStorage', {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, text: string) => void kept.set(name, text),
      removeItem: (name: string) => void kept.delete(name),
    })
    phone = new Phone()
  })

  const sight = () => kept.get('first-sight')
  const is_kept = () => expect.poll(sight).toBeTruthy()
  /** The app is gone from memory: no timer of it, no other tab. */
  async function leave(): Promise<void> {
    const { set_account } = await import('../../src/state/account.ts')
    const { forget_first_sight } = await import('../../src/state/first_sight.ts')
    const { session_channel } = await import('../../src/state/phone.ts')
    const left = sight()
    session_channel.close()
    set_account(null)
    forget_first_sight()
    if (left) kept.set('first-sight', left)
  }
  afterEach(leave)
  async function launch(): Promise<App> {
    await leave()
    return phone.launch(server_url)
  }
  /** As after a cold launch, and no further than the first line of it. */
  async function begun(): Promise<{ app: App; open: Promise<void> }> {
    await leave()
    vi.resetModules()
    const app = await import('../../src/state/index.ts')
    return { app, open: app.start(server_url) }
  }
  async function signed_in(): Promise<App> {
    const app = await phone.signed_in(server_url, MEMBER)
    await is_kept()
    return app
  }

  test('are the tiles of the last launch, and no total; then the book itself', async () => {
    const before = await signed_in()
    const { app, open } = await begun()
    expect(app.readiness.value).toBe('first_sight')
    expect(app.listings.value).toEqual(
      before.listings.value.filter(({ mine, status }) => mine && status === 'offered'),
    )
    expect(app.listings.value).not.toEqual([])
    expect(app.today.value.day).toBe('')
    await open
    expect(app.readiness.value).toBe('ready')
    expect(app.listings.value).toEqual(before.listings.value)
    expect(app.today.value).toEqual(before.today.value)
  })

  test('take a sale, which is in the book as soon as that is open', async () => {
    const before = await signed_in()
    const { app, open } = await begun()
    const recorded = app.record_sale(honey)
    await open
    const { id, day } = await recorded
    expect(day.count).toBe(before.today.value.count + 1)
    const again = await launch()
    const watch = again.watch_record('sale', id)
    await expect
      .poll(() => watch.value.value?.view)
      .toMatchObject({ id, member_id: again.session.value?.user.id })
  })

  test('give way to what the book says since', async () => {
    await signed_in()
    const right = (await launch()).listings.value
    kept.set('first-sight', (sight() ?? '').replaceAll(/"price_vnd":\d+/g, '"price_vnd":1'))
    const { app, open } = await begun()
    expect(app.listings.value[0]?.price_vnd).toBe(1)
    await open
    expect(app.listings.value).toEqual(right)
  })

  test("are never sold from another's book", async () => {
    const app = await signed_in()
    const of_member = sight() ?? ''
    expect(await app.sign_out()).toEqual({ ok: true })
    expect(sight()).toBeUndefined()
    await leave()
    const neighbour = await phone.signed_in(server_url, NEIGHBOUR)
    ;(await import('../../src/state/pin.ts')).skip_pin()
    const { count } = neighbour.today.value
    await is_kept()
    expect(sight()).not.toBe(of_member)
    kept.set('first-sight', of_member) // As an interrupted launch might have left it.
    const late = await begun()
    const recorded = late.app.record_sale(honey).catch((error: unknown) => error)
    await late.open
    expect(await recorded).toMatchObject({ code: 'signed_out' })
    expect(late.app.session.value?.user.id).toBe(neighbour.session.value?.user.id)
    expect(late.app.today.value.count).toBe(count)
    expect(late.app.listings.value).toEqual(neighbour.listings.value)
  })

  test('are none behind a PIN, also when one is left over', async () => {
    await signed_in()
    const of_member = sight() ?? ''
    const { choose_pin } = await import('../../src/state/pin.ts')
    await choose_pin('1234')
    expect(sight()).toBeUndefined()
    await new Promise((later) => setTimeout(later, 1_500))
    expect(sight()).toBeUndefined()
    kept.set('first-sight', of_member)
    const { lock } = await import('../../src/state/lock.ts')
    await lock()
    expect(sight()).toBeUndefined()
    kept.set('first-sight', of_member)
    const locked = await launch()
    expect([locked.gate.value, locked.listings.value, locked.session.value]).toEqual(['locked', [], null])
    expect(sight()).toBeUndefined()
  })

  test('are none of another release, which may show other things', async () => {
    await signed_in()
    kept.set('first-sight', (sight() ?? '').replace('"release":""', '"release":"/app/assets/app-older.js"'))
    const { app, open } = await begun()
    expect([app.readiness.value, app.listings.value]).toEqual(['starting', []])
    await open
    expect(app.readiness.value).toBe('ready')
  })
})
