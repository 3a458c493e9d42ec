import { afterEach, describe, expect, inject, test, vi } from 'vitest'
import { honey, Phone } from '../support/phone.ts'

const server_url = inject('server_url')

describe.skipIf(server_url === '')("the phone's storage", () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test('that is full is told; nothing is half recorded, and recording goes on when there is space again', async () => {
    const app = await new Phone().signed_in(server_url, '0900000019')
    const before = app.today.value
    const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('The disk is full', 'QuotaExceededError')
    })
    await expect(app.record_sale(honey)).rejects.toMatchObject({ code: 'storage_full' })
    expect(app.today.value).toEqual(before)
    expect(app.storage.value.problem).toBe('full')
    full.mockRestore()
    await app.record_sale(honey)
    expect(app.storage.value.problem).toBe(null)
    expect(app.today.value.count).toBe(before.count + 1)
  })

  test('whose connection was lost is opened again, and never deleted', async () => {
    const app = await new Phone().signed_in(server_url, '0900000019')
    const before = app.today.value.count
    const open = IDBDatabase.prototype.transaction
    let failures = 2
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...asked) {
      if (failures-- > 0) throw new DOMException('The database connection is closing', 'InvalidStateError')
      return open.apply(this, asked)
    })
    await app.record_sale(honey)
    expect(app.today.value.count).toBe(before + 1)
  })

  test('that does not open is told, and what it holds is there when it does', async () => {
    const phone = new Phone()
    const app = await phone.signed_in(server_url, '0900000019')
    const { count } = (await app.record_sale(honey)).day
    const broken = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('Internal error opening backing store', 'UnknownError')
    })
    expect((await phone.launch(server_url)).readiness.value).toBe('storage_error')
    broken.mockRestore()
    const again = await phone.launch(server_url)
    expect(again.readiness.value).toBe('ready')
    expect(again.today.value.count).toBe(count)
  })
})
