import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { Phone } from '../support/phone.ts'
import { Road } from '../support/road.ts'

const server_url = inject('server_url')
const MANAGER = '0900000002'

/** The board and its news, of the app that runs. */
const board_of_app = async () => ({
  ...(await import('../../src/state/board.ts')),
  ...(await import('../../src/state/board_news.ts')),
  ...(await import('../../src/state/id.ts')),
})

describe.skipIf(server_url === '')('the board', () => {
  let road: Road
  beforeEach(async () => {
    const kept = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    })
    road = await Road.to(server_url)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    return road.close()
  })

  test('what a manager writes is news to a member until it is looked at', async () => {
    const phone = new Phone()
    await phone.signed_in(road.url, '0900000016')
    let app = await board_of_app()
    const { news } = app
    await expect.poll(() => news.value).toBe(true)
    const first = app.watch_board()
    await expect.poll(() => first.value.value?.markets.length).toBe(3)
    // At the first look nothing is newer than the rest.
    expect(first.value.value?.markets.some(({ is_new }) => is_new)).toBe(false)
    app.look_at_board(first.value.value?.newest ?? '')
    await expect.poll(() => news.value).toBe(false)

    const office = await new Phone().signed_in(road.url, MANAGER)
    app = await board_of_app()
    const notice = { kind: 'other', title: 'Họp hợp tác xã', body: '', withdrawn: false }
    const id = app.new_id(Date.now())
    await app.write_board('notice', { id, is_new: true }, notice)
    await office.sync_now()

    const member = await phone.launch(road.url)
    await member.sync_now()
    app = await board_of_app()
    const board = app.watch_board()
    await expect.poll(() => board.value.value?.notices[0]).toMatchObject({ id, ...notice, is_new: true })
    expect(board.value.value?.notices.filter(({ is_new }) => is_new)).toHaveLength(1)
  })

  test('a need that was told without a network is kept, sent and answered', async () => {
    const phone = new Phone()
    const member = await phone.signed_in(road.url, '0900000017')
    let app = await board_of_app()
    road.weather = 'request_lost'
    await app.tell_need('capital', 'Cần vốn')
    const board = app.watch_board()
    await expect
      .poll(() => board.value.value?.needs[0])
      .toMatchObject({ kind: 'capital', text: 'Cần vốn', state: 'phone' })
    road.weather = 'fine'
    await member.sync_now()
    await expect.poll(() => board.value.value?.needs[0]?.state).toBe('coop')
    const id = board.value.value?.needs[0]?.id ?? ''

    const office = await new Phone().signed_in(road.url, MANAGER)
    app = await board_of_app()
    await app.answer_need(id, 'Mai cán bộ đến.')
    await office.sync_now()

    await (await phone.launch(road.url)).sync_now()
    app = await board_of_app()
    const answered = app.watch_board()
    await expect.poll(() => answered.value.value?.needs[0]?.answer).toBe('Mai cán bộ đến.')
    await app.withdraw_need(id)
    await expect.poll(() => answered.value.value?.needs[0]?.withdrawn).toBe(true)
  })
})
