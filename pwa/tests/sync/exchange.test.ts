import { describe, expect, test } from 'vitest'
import { is_answer } from '../../src/sync/answer.ts'
import { back_off_ms, LONGEST_MS } from '../../src/sync/back_off.ts'
import { exchange, Sizes, type SyncRequest } from '../../src/sync/exchange.ts'
import { TransportError } from '../../src/sync/transport.ts'
import { WallClock } from '../../src/sync/wall_clock.ts'
import { answer, fresh_account, receipt, sale_fields } from '../support/account.ts'

const replica = '0199aa5b-0000-7000-8000-000000000001'

async function account_with(sales: number) {
  const account = fresh_account()
  const drafts = Array.from({ length: sales }, (_, n) => ({
    entity: 'sale',
    id: `0199aa5b-e8f0-7abc-8def-${String(n).padStart(12, '0')}`,
    changes: sale_fields(),
  }))
  await account.outbox.record(drafts)
  return account
}

const run = (
  { store, outbox }: Awaited<ReturnType<typeof account_with>>,
  post: (body: SyncRequest) => Promise<unknown>,
) => {
  const sizes = new Sizes()
  return { sizes, done: exchange({ replica, store, post, wall: outbox.wall, sizes, on_progress: () => {} }) }
}

describe('an exchange', () => {
  test('makes batches smaller until the server takes them', async () => {
    const account = await account_with(50)
    const batches: number[] = []
    const { done } = run(account, async ({ mutations }) => {
      if (mutations.length > 10) throw new TransportError('too_large')
      batches.push(mutations.length)
      return answer([], [], { receipts: mutations.map(({ at }, n) => receipt(at, 'applied', n + 1)) })
    })
    expect(await done).toMatchObject({ sent: 50, checked: true })
    expect(Math.max(...batches)).toBeLessThanOrEqual(10)
    expect(batches.reduce((sum, size) => sum + size)).toBe(50)
  })

  test('keeps everything when the server never takes it', async () => {
    const account = await account_with(2)
    const { done } = run(account, () => Promise.reject(new TransportError('too_large')))
    await expect(done).rejects.toMatchObject({ code: 'too_large' })
    expect(await account.phases()).toEqual(['unsent', 'unsent'])
  })

  test('tries less at a time after a timeout', async () => {
    const account = await account_with(2)
    const { sizes, done } = run(account, () => Promise.reject(new TransportError('timeout')))
    await expect(done).rejects.toMatchObject({ code: 'timeout' })
    expect(sizes).toMatchObject({ batch: 500, page: 250 })
  })

  test('ends when an answer has no receipt for what was sent', async () => {
    const account = await account_with(1)
    const { done } = run(account, async () => answer([], []))
    await expect(done).rejects.toMatchObject({ code: 'no_answer' })
    expect(await account.phases()).toEqual(['unsent'])
  })

  test('takes nothing from what has another shape', async () => {
    const account = await account_with(1)
    const { done } = run(account, async () => ({ ...answer([], []), cursor: 5 }))
    await expect(done).rejects.toMatchObject({ code: 'no_answer' })
  })

  test('sends what was recorded while it ran', async () => {
    const account = await account_with(1)
    let requests = 0
    const { done } = run(account, async ({ mutations }) => {
      if (requests++ === 0)
        await account.outbox.record([{ entity: 'sale', id: 'later', changes: sale_fields() }])
      return answer([], [], { receipts: mutations.map(({ at }) => receipt(at, 'applied', 1)) })
    })
    expect(await done).toMatchObject({ sent: 2, to_send: 2 })
  })
})

describe('the shape of an answer', () => {
  test.each([
    null,
    [],
    'ok',
    {},
    { ...answer([], []), receipts: [{ at: 'x', outcome: 'lost', seq: 1 }] },
    { ...answer([], []), changes: [{ entity: 'sale', id: 'x', at: 'x', stamps: {}, row: {}, derived: {} }] },
    { ...answer([], []), digest: { sale: [1] } },
    { ...answer([], []), server_time_ms: '2026' },
  ])('%j is none', (value) => {
    expect(is_answer(value)).toBe(false)
  })
})

describe('the wall clock', () => {
  const MINUTE_MS = 60_000
  const SERVER_MS = 1_795_000_000_000
  test('is left alone while it is less than five minutes off', () => {
    let now_ms = SERVER_MS + 4 * MINUTE_MS
    const wall = new WallClock(undefined, () => now_ms)
    wall.compare(SERVER_MS, now_ms, now_ms)
    now_ms += 1_000
    expect(wall.drift_ms).toBe(0)
    expect(wall.now()).toBe(now_ms)
  })

  test.each([
    ['ahead', 400 * 24 * 60 * MINUTE_MS],
    ['behind', -400 * 24 * 60 * MINUTE_MS],
  ])('that is %s is corrected, also in the next launch, until somebody puts it right', (_, off_ms) => {
    let now_ms = SERVER_MS + off_ms
    const wall = new WallClock(undefined, () => now_ms)
    wall.compare(SERVER_MS, now_ms - 500, now_ms + 500)
    expect(wall.drift_ms).toBe(off_ms)
    now_ms += MINUTE_MS
    expect(Math.abs(wall.now() - SERVER_MS - MINUTE_MS)).toBeLessThan(1_000)

    const later = new WallClock(wall.snapshot(), () => now_ms)
    now_ms += 60 * MINUTE_MS
    expect(Math.abs(later.now() - SERVER_MS - 61 * MINUTE_MS)).toBeLessThan(1_000)
    now_ms = SERVER_MS + 90 * MINUTE_MS
    expect(later.now()).toBe(now_ms)
  })

  test('a slow answer does not make a good clock a wrong one', () => {
    const wall = new WallClock(undefined, () => SERVER_MS)
    wall.compare(SERVER_MS, SERVER_MS, SERVER_MS + 12 * MINUTE_MS)
    expect(wall.drift_ms).toBe(0)
  })
})

test('trying again waits longer each time, with jitter, never more than five minutes', () => {
  for (let failures = 1; failures < 30; failures++) {
    for (const random of [0, 0.5, 0.999]) {
      const wait_ms = back_off_ms(failures, null, random)
      expect(wait_ms).toBeGreaterThanOrEqual(1_000)
      expect(wait_ms).toBeLessThanOrEqual(LONGEST_MS)
    }
  }
  expect(back_off_ms(1, 30_000, 0)).toBe(30_000)
  expect(back_off_ms(1, 9e9, 0)).toBe(LONGEST_MS)
})
