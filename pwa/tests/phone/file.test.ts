import { beforeEach, describe, expect, inject, test } from 'vitest'
import { honey, Phone } from '../support/phone.ts'
import { noise } from '../support/picture.ts'

const server_url = inject('server_url')
const MEMBER = '0900000013'
const NEIGHBOUR = '0900000014'
const OTHER_COOP = '0900000003'
const PASSWORD = 'mật khẩu của tệp'

const filing = async () => ({
  ...(await import('../../src/state/file.ts')),
  ...(await import('../../src/state/take_back.ts')),
})

/** A phone out of reach with one sale more, and the file of it. */
async function saved(phone: Phone, quantity_milli: number, login = MEMBER) {
  await phone.signed_in(server_url, login)
  const app = await phone.launch('http://127.0.0.1:9')
  await app.record_sale({ ...honey, quantity_milli })
  const { save_to_file } = await filing()
  const { file, mutations } = await save_to_file(PASSWORD)
  expect(mutations).toBe(1)
  return file.text()
}

/** How often a sale with this amount is in the account's book, as the server has it. */
async function times(quantity_milli: number, login = MEMBER): Promise<number> {
  const app = await new Phone().signed_in(server_url, login)
  await app.sync_now()
  const book = app.open_book()
  await expect.poll(() => book.value.value).toBeDefined()
  const sales = (book.value.value ?? []).flatMap(({ sales }) => sales)
  book.close()
  return sales.filter((sale) => sale.quantity_milli === quantity_milli).length
}

/** As release 0.1.0 wrote it, with one sale. */
function of_release_0_1_0(account: string, quantity_milli: number): string {
  const now_ms = Date.now() - 60_000
  const session = Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
  const at = `${now_ms.toString(16).padStart(12, '0')}-0000-${session}`
  const set = {
    product_name: 'Mật ong bạc hà',
    unit: 'lít',
    quantity_milli,
    unit_price_vnd: 250_000,
    total_vnd: 625_000,
    payment: 'cash',
    sold_at: new Date(now_ms).toISOString(),
    member_id: account,
    money_with: 'member',
  }
  const mutation = { at, v: 1, entity: 'sale', id: crypto.randomUUID(), set, base: {} }
  return JSON.stringify({
    format: 'chophien-outbox',
    version: 1,
    replica: crypto.randomUUID(),
    account,
    saved_at: new Date().toISOString(),
    mutations: [mutation],
    aside: [],
  })
}

let quantity_milli = Date.now() % 1_000_000
beforeEach(() => {
  quantity_milli += 1
})

describe.skipIf(server_url === '')('a saved file', () => {
  test('is taken back on another phone, waits there for its owner, and is sent for the phone that recorded it', async () => {
    const file = await saved(new Phone(), quantity_milli)
    const other = new Phone()
    await other.launch(server_url)
    const { take_back } = await filing()
    expect(await take_back(file, PASSWORD)).toMatchObject({ taken: 1, known: 0, waits_for: 'sign_in' })
    const app = await other.launch(server_url)
    expect(app.readiness.value).toBe('signed_out')
    expect(await app.sign_in(MEMBER, 'chophien-demo')).toEqual({ ok: true })
    expect(app.unsent.value).toBe(1)
    await app.sync_now()
    expect(app.unsent.value).toBe(0)
    expect(await times(quantity_milli)).toBe(1)
  })

  test('is taken back where its owner is signed in already, and the phone that still has it doubles nothing', async () => {
    const first = new Phone()
    const file = await saved(first, quantity_milli)
    const second = new Phone()
    const app = await second.signed_in(server_url, MEMBER)
    const { take_back } = await filing()
    expect(await take_back(file, PASSWORD)).toMatchObject({ taken: 1, waits_for: 'here' })
    expect(await take_back(file, PASSWORD)).toMatchObject({ taken: 0, known: 1 })
    await app.sync_now()
    expect(app.unsent.value).toBe(0)
    const again = await first.launch(server_url)
    expect((await (await filing()).take_back(file, PASSWORD)).known).toBe(1)
    await again.sync_now()
    expect(again.unsent.value).toBe(0)
    expect(again.refused.value).toEqual([])
    // The phone has forgotten by now what it sent; the server has not.
    expect(await (await filing()).take_back(file, PASSWORD)).toMatchObject({ waits_for: 'here' })
    await again.sync_now()
    expect(again.unsent.value).toBe(0)
    expect(await times(quantity_milli)).toBe(1)
  })

  test('of somebody else is kept for that person alone', async () => {
    const file = await saved(new Phone(), quantity_milli)
    const phone = new Phone()
    const app = await phone.signed_in(server_url, NEIGHBOUR)
    const { take_back } = await filing()
    const before = app.today.value
    expect(await take_back(file, PASSWORD)).toMatchObject({ taken: 1, waits_for: 'sign_in' })
    await app.sync_now()
    expect(app.today.value).toEqual(before)
    expect(app.unsent.value).toBe(0)
    expect(await times(quantity_milli, NEIGHBOUR)).toBe(0)
  })

  test('that is damaged, cut off, of a newer release, no file of ours, or opened with a wrong password says so', async () => {
    const file = await saved(new Phone(), quantity_milli)
    const { take_back } = await filing()
    const refused = (text: string, password = PASSWORD) =>
      take_back(text, password).then(
        () => 'taken',
        (error: { code?: string }) => error.code,
      )
    expect(await refused(file, 'another password')).toBe('wrong_password')
    expect(await refused(file.slice(0, -100))).toBe('damaged')
    expect(await refused(file.replace(/\n(.{20})./, '\n$1!'))).toBe('damaged')
    expect(await refused(file.replace('"version":2', '"version":3'))).toBe('too_new')
    expect(await refused(file.replace(/"iterations":\d+/, '"iterations":1'))).toBe('damaged')
    expect(await refused(file.replace(/"iterations":\d+/, '"iterations":99999999999'))).toBe('damaged')
    for (const text of ['', 'hello', '{"format":"another"}', 'null', '[]'])
      expect(await refused(text)).toBe('not_ours')
    expect(await refused(file.replaceAll('\n', '\r\n'))).toBe('taken')
  })

  test('of release 0.1.0, which was plain and named nobody, is taken back once its owner has a book here', async () => {
    const first = new Phone()
    const app = await first.signed_in(server_url, MEMBER)
    const account = app.session.value?.user.id ?? ''
    const file = of_release_0_1_0(account, quantity_milli)
    const other = new Phone()
    await other.signed_in(server_url, NEIGHBOUR)
    const { take_back } = await filing()
    await expect(take_back(file, '')).rejects.toMatchObject({ code: 'unknown_owner' })
    const second = await new Phone().signed_in(server_url, MEMBER)
    const again = await filing()
    expect(await again.take_back(file, '')).toMatchObject({ taken: 1, known: 0, waits_for: 'here' })
    expect(await again.take_back(file, '')).toMatchObject({ taken: 0, known: 1 })
    await second.sync_now()
    expect(second.refused.value).toEqual([])
    expect(second.unsent.value).toBe(0)
    expect(await times(quantity_milli)).toBe(1)
    await expect(again.take_back(file.replace(/"at":"/g, '"at":"?'), '')).rejects.toMatchObject({
      code: 'damaged',
    })
  })

  test('shows nothing of what it holds without its password', async () => {
    const file = await saved(new Phone(), quantity_milli)
    for (const word of ['Mật ong', 'quantity', 'replica', 'chophien-demo']) expect(file).not.toContain(word)
    expect(file).toContain('"iterations":600000')
    expect(await saved(new Phone(), quantity_milli)).not.toBe(file)
  })

  test('has the photos that are not sent, and gives them back', async () => {
    const phone = new Phone()
    await phone.signed_in(server_url, MEMBER)
    await phone.launch('http://127.0.0.1:9')
    const { open_photo_db } = await import('../../src/photos/photo_db.ts')
    const { sha256_of } = await import('../../src/db/sha256.ts')
    const { PhotoStore } = await import('../../src/photos/photo_store.ts')
    const { current_account } = await import('../../src/state/account.ts')
    const content = noise(200, 150, quantity_milli)
    const sha256 = await sha256_of(content)
    const store_of = (replica: string) => new PhotoStore(open_photo_db(replica))
    const replica = current_account()?.replica ?? ''
    await store_of(replica).take_back({ sha256, size: 'full', type: 'image/webp', content }, Date.now())
    const saved = await (await filing()).save_to_file(PASSWORD)
    expect(saved).toMatchObject({ photos: 1, left_out: 0 })

    await new Phone().launch(server_url)
    const { take_back } = await filing()
    expect(await take_back(await saved.file.text(), PASSWORD)).toMatchObject({ photos: 1 })
    expect((await store_of(replica).overview()).waiting).toBe(1)
    const file = await store_of(replica).file(sha256, 'full')
    expect(file?.type).toBe('image/webp')
    expect(await sha256_of(file?.content ?? new ArrayBuffer(0))).toBe(sha256)
  })

  test('of another co-operative is refused on the phone of who has moved', async () => {
    const phone = new Phone()
    await saved(phone, quantity_milli)
    const { save_to_file, take_back } = await filing()
    const { session } = await import('../../src/state/live.ts')
    const { current_account } = await import('../../src/state/account.ts')
    const account = current_account()
    if (!account || !session.value) throw new Error('signed out')
    Object.assign(account.user, { coop_id: OTHER_COOP })
    const { file } = await save_to_file(PASSWORD)
    await expect(take_back(await file.text(), PASSWORD)).rejects.toMatchObject({ code: 'other_coop' })
  })
})
