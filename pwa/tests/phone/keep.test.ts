/** What the browser promises about the phone's storage, and what is asked of it. The browser is not ours: it is played here. */
import { afterEach, describe, expect, inject, test, vi } from 'vitest'
import { honey, Phone } from '../support/phone.ts'

const server_url = inject('server_url')

/** A browser that answers so when it is asked to keep the data. */
function browser(grants: boolean, kept = false) {
  const storage = {
    asked: 0,
    persisted: async () => kept,
    estimate: async () => ({ usage: 123_456 }),
    persist: async () => {
      storage.asked += 1
      kept = grants
      return grants
    },
  }
  vi.stubGlobal('navigator', { storage })
  return storage
}

describe.skipIf(server_url === '')('keeping the book', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('is asked of the browser by the first save, once, and not before', async () => {
    const storage = browser(true)
    const app = await new Phone().signed_in(server_url, '0900000018')
    await expect.poll(() => app.storage.value).toMatchObject({ persisted: false, usage_bytes: 123_456 })
    expect(storage.asked).toBe(0)
    await app.record_sale(honey)
    await expect.poll(() => app.storage.value.persisted).toBe(true)
    await app.record_sale(honey)
    expect(storage.asked).toBe(1)
  })

  test('that was refused is told, looked at again at each launch, and asked for again there', async () => {
    const storage = browser(false)
    const phone = new Phone()
    const app = await phone.signed_in(server_url, '0900000018')
    await app.record_sale(honey)
    await app.record_sale(honey)
    await expect.poll(() => app.storage.value.persisted).toBe(false)
    expect(storage.asked).toBe(1)
    const again = await phone.launch(server_url)
    await expect.poll(() => again.storage.value.persisted).toBe(false)
    await again.record_sale(honey)
    expect(storage.asked).toBe(2)
  })

  test('that the browser took back is told at the next launch', async () => {
    browser(true, true)
    const phone = new Phone()
    const app = await phone.signed_in(server_url, '0900000018')
    await expect.poll(() => app.storage.value.persisted).toBe(true)
    browser(true, false)
    const again = await phone.launch(server_url)
    await expect.poll(() => again.storage.value.persisted).toBe(false)
  })

  test('is not known, and nothing fails, where the browser cannot say', async () => {
    vi.stubGlobal('navigator', {})
    const app = await new Phone().signed_in(server_url, '0900000018')
    await app.record_sale(honey)
    expect(app.storage.value.persisted).toBe(null)
  })
})
