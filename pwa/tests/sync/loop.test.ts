/** What sends by itself: nobody has to remember it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SyncLoop } from '../../src/sync/loop.ts'

const MINUTE_MS = 60_000

let page: EventTarget
let loop: SyncLoop
/** How many syncs were begun, and what becomes of the next. */
let begun: number
let sync: () => Promise<void>

beforeEach(() => {
  vi.useFakeTimers()
  page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  begun = 0
  sync = async () => {}
  const count = () => {
    begun += 1
    return sync()
  }
  loop = new SyncLoop({ name: `loop-${Math.random()}`, sync: count, may_try: () => true })
})

afterEach(() => {
  loop.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settled = () => vi.advanceTimersByTimeAsync(0)

test('a save sends at once', async () => {
  loop.soon()
  await settled()
  expect(begun).toBe(1)
})

test('what is saved while it sends is sent right after', async () => {
  sync = async () => {
    sync = async () => {}
    loop.soon()
  }
  loop.soon()
  await settled()
  expect(begun).toBe(2)
})

test('the network that comes back sends', async () => {
  page.dispatchEvent(new Event('online'))
  await settled()
  expect(begun).toBe(1)
})

test('an app that is looked at again sends, one that is put away does not', async () => {
  Object.assign(document, { visibilityState: 'hidden' })
  document.dispatchEvent(new Event('visibilitychange'))
  await settled()
  expect(begun).toBe(0)
  Object.assign(document, { visibilityState: 'visible' })
  document.dispatchEvent(new Event('visibilitychange'))
  await settled()
  expect(begun).toBe(1)
})

test('an app that only lies there sends every few minutes, each phone at another moment', async () => {
  await loop.now()
  await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
  expect(begun).toBeGreaterThanOrEqual(2)
  expect(begun).toBeLessThanOrEqual(3)
})

test('a server that does not answer is asked again, later and later, and for ever', async () => {
  sync = () => Promise.reject(new Error('no answer'))
  await loop.now()
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  const first_minute = begun
  expect(first_minute).toBeGreaterThan(3)
  await vi.advanceTimersByTimeAsync(60 * MINUTE_MS)
  const first_hour = begun
  expect(first_hour).toBeLessThan(60)
  await vi.advanceTimersByTimeAsync(24 * 60 * MINUTE_MS)
  expect(begun).toBeGreaterThan(first_hour + (24 * 60) / 6)
})

test('it waits as long as the server asks for', async () => {
  sync = () => Promise.reject(Object.assign(new Error('busy'), { retry_after_ms: 2 * MINUTE_MS }))
  await loop.now()
  await vi.advanceTimersByTimeAsync(2 * MINUTE_MS - 1)
  expect(begun).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(begun).toBe(2)
})
