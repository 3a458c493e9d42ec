import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { open_account_db } from '../../src/db/account_db.ts'
import { open_photo_db } from '../../src/photos/photo_db.ts'
import { PhotoStore } from '../../src/photos/photo_store.ts'
import { type PhotoPort, type PhotoProgress, PhotoSender } from '../../src/photos/sending.ts'
import { TransportError, transport } from '../../src/sync/transport.ts'
import { Phone } from '../support/phone.ts'
import { noise } from '../support/picture.ts'

const server_url = inject('server_url')
const MEMBER = '0900000013'
const OTHER_COOP = '0900000023'
const REPLICA = '0199aa5b-0000-7000-8000-000000000009'

let seed = Date.now() % 1_000_000
/** About 110 KB, and no other test's. */
const photo = () => noise(200, 180, seed++)
const shrunk = (content: ArrayBuffer) => ({
  full: { type: 'image/png', content },
  thumbnail: { type: 'image/png', content: content.slice(0, 100) },
})

async function port_of(login: string): Promise<PhotoPort> {
  const send = transport(server_url)
  const body = { login, password: 'chophien-demo' }
  const { access_token: token } = (await send('/api/v1/auth/login', { body })) as { access_token: string }
  return {
    progress: (sha256) =>
      send(`/api/v1/photos/${sha256}/progress`, { method: 'GET', token }) as Promise<PhotoProgress>,
    put: (sha256, content, start, total) =>
      send(`/api/v1/photos/${sha256}`, {
        method: 'PUT',
        token,
        body: content,
        range: `bytes ${start}-${start + content.byteLength - 1}/${total}`,
      }) as Promise<PhotoProgress>,
  }
}

describe.skipIf(server_url === '')('photos on their way to the server', () => {
  let port: PhotoPort
  let now_ms = 0
  /** What the page that stands may do; a killed one may do nothing. */
  let stands = { alive: true }

  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory()
    now_ms = Date.parse('2026-11-22T02:00:00Z')
    port = await port_of(MEMBER)
    stands = { alive: true }
  })
  afterEach(() => {
    stands.alive = false
    vi.restoreAllMocks()
  })

  /** As after a launch: nothing in memory, the disk as it was. */
  function launch(by: Partial<PhotoPort> = {}, may_go_on = () => true) {
    stands.alive = false
    const page = { alive: true }
    stands = page
    const store = new PhotoStore(open_photo_db(REPLICA))
    const sender = new PhotoSender({
      store,
      port: { ...port, ...by },
      now: () => now_ms,
      may_go_on: () => page.alive && may_go_on(),
      on_change: () => {},
    })
    return { store, sender }
  }

  async function taken(store: PhotoStore, content: ArrayBuffer): Promise<string> {
    const sha256 = await store.keep(shrunk(content), now_ms++)
    await store.release(sha256, now_ms++)
    return sha256
  }

  const row = (store: PhotoStore, sha256: string) =>
    store.db.read(['own'], (tx) => tx.objectStore('own').get(sha256))

  test('arrive one after another, and nothing waits then', async () => {
    const { store, sender } = launch()
    const sent = [await taken(store, photo()), await taken(store, photo())]
    expect((await store.overview()).waiting).toBe(2)
    await sender.send()
    expect((await store.overview()).waiting).toBe(0)
    for (const sha256 of sent) expect((await port.progress(sha256)).state).toBe('complete')
  })

  test('are not sent before the form that they belong to is saved', async () => {
    const { store, sender } = launch()
    const sha256 = await store.keep(shrunk(photo()), now_ms)
    await sender.send()
    expect((await port.progress(sha256)).state).toBe('absent')
  })

  test('go on where they were when the page was killed between two pieces', async () => {
    const content = photo()
    let bytes = 0
    const counting = async (sha256: string, piece: ArrayBuffer, start: number, total: number) => {
      if (bytes > 0) stands.alive = false
      bytes += piece.byteLength
      return port.put(sha256, piece, start, total)
    }
    const killed = launch({ put: counting })
    const sha256 = await taken(killed.store, content)
    await killed.sender.send()
    expect((await port.progress(sha256)).state).toBe('partial')

    const again = launch({
      put: async (...asked) => {
        bytes += asked[1].byteLength
        return port.put(...asked)
      },
    })
    await again.sender.send()
    expect((await port.progress(sha256)).state).toBe('complete')
    expect(bytes).toBe(content.byteLength)
  })

  test('whose answers are lost are sent on from what arrived', async () => {
    let lost = 3
    const { store, sender } = launch({
      put: async (...asked) => {
        const answer = await port.put(...asked)
        if (lost-- > 0) throw new TransportError('no_network')
        return answer
      },
    })
    const sha256 = await taken(store, photo())
    for (let tries = 0; tries < 5; tries++) await sender.send()
    expect((await row(store, sha256))?.phase).toBe('sent')
  })

  test('wait while records wait, also between two pieces', async () => {
    let records_wait = false
    const { store, sender } = launch(
      {
        put: (...asked) => {
          records_wait = true
          return port.put(...asked)
        },
      },
      () => !records_wait,
    )
    const sha256 = await taken(store, photo())
    await sender.send()
    expect((await port.progress(sha256)).state).toBe('partial')
    expect((await row(store, sha256))?.phase).toBe('unsent')
  })

  test('that a restored server lost are sent to it again, and others are only asked about', async () => {
    const { store, sender } = launch()
    const sha256 = await taken(store, photo())
    await sender.send()
    await store.ask_again()
    let pieces = 0
    const counting = launch({
      put: (...asked) => {
        pieces++
        return port.put(...asked)
      },
    })
    await counting.sender.send()
    expect(pieces).toBe(0)

    const empty = await port_of(OTHER_COOP)
    await store.ask_again()
    await launch(empty).sender.send()
    expect((await empty.progress(sha256)).state).toBe('complete')
  })

  test('that are refused stay on the phone with the reason', async () => {
    const { store, sender } = launch()
    const sha256 = await taken(store, new TextEncoder().encode(`no picture ${seed++}`).buffer)
    const good = await taken(store, photo())
    await sender.send()
    expect((await store.overview()).refused).toEqual(new Map([[sha256, 'not_a_picture']]))
    expect(await store.file(sha256, 'full')).toBeDefined()
    expect((await row(store, good))?.phase).toBe('sent')
  })

  test('make room on a full disk when the server has them, and never when only the phone has', async () => {
    const { store, sender } = launch()
    const sent = await taken(store, photo())
    await sender.send()
    const unsent = await taken(store, photo())
    await store.change(sent, (photo) => ({ ...photo, phase: 'safe' }))
    await store.cache({ sha256: 'a'.repeat(64), size: 'full', type: 'image/webp', content: photo() })

    const put = IDBObjectStore.prototype.put
    let full = true
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...asked) {
      if (full && this.name === 'files') {
        full = false
        throw new DOMException('The disk is full', 'QuotaExceededError')
      }
      return put.apply(this, asked)
    })
    const last = await taken(store, photo())
    expect(await store.file(unsent, 'full')).toBeDefined()
    expect(await store.file(last, 'full')).toBeDefined()
    expect(await store.file(sent, 'full')).toBeUndefined()
    expect(await store.file('a'.repeat(64), 'full')).toBeUndefined()
    expect(await store.make_room()).toBe(false)
  })
})

describe.skipIf(server_url === '')('photos of listings', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  const listing = { product_name: 'Mật ong rừng', unit: 'lít', price_vnd: 300_000 }

  async function photographed(phone: Phone, login: string) {
    const app = await phone.signed_in(server_url, login)
    const store = new PhotoStore(open_photo_db(app.session.value?.replica ?? ''))
    const sha256 = await store.keep(shrunk(photo()), Date.now())
    return { app, store, sha256 }
  }

  test('are seen on the phones of the whole co-operative, also without a network', async () => {
    const { app, sha256 } = await photographed(new Phone(), '0900000014')
    const { id } = await app.add_listing({ ...listing, photo: sha256 })
    await app.look_at_photos()
    expect(app.photos.value.waiting).toBe(1)
    await app.sync_now()
    await expect.poll(() => app.photos.value.waiting).toBe(0)

    const other = new Phone()
    const neighbour = await other.signed_in(server_url, '0900000015')
    expect(neighbour.listings.value.find((listing) => listing.id === id)?.photo).toBe(sha256)
    await expect.poll(async () => (await neighbour.photo_file(sha256, 'thumbnail'))?.type).toBe('image/webp')
    const offline = await other.launch('http://127.0.0.1:1')
    expect((await offline.photo_file(sha256, 'thumbnail'))?.size).toBeGreaterThan(0)
    expect(await offline.photo_file(sha256, 'full')).toBe(null)
  })

  test('are forgotten by every phone once no goods name them, but for what a form may still name', async () => {
    const [own, other] = [new Phone(), new Phone()]
    const { app, store, sha256 } = await photographed(own, '0900000014')
    const { id } = await app.add_listing({ ...listing, photo: sha256 })
    const typed = await store.keep(shrunk(photo()), Date.now())
    await app.sync_now()
    await expect.poll(() => app.photos.value.waiting).toBe(0)
    const neighbour = await other.signed_in(server_url, '0900000015')
    const there = new PhotoStore(open_photo_db(neighbour.session.value?.replica ?? ''))
    await expect.poll(() => there.file(sha256, 'thumbnail').then(Boolean)).toBe(true)

    const again = await own.launch(server_url)
    await again.set_photo(id, null)
    const two_days_ago_ms = Date.now() - 2 * 86_400_000
    await store.change(sha256, (row) => ({ ...row, taken_at_ms: two_days_ago_ms, phase: 'safe' }))
    await again.sync_now()
    await expect.poll(() => store.file(sha256, 'full').then(Boolean)).toBe(false)
    expect(await store.file(typed, 'full')).toBeDefined()
    await (await other.launch(server_url)).sync_now()
    await expect.poll(() => there.file(sha256, 'thumbnail').then(Boolean)).toBe(false)
  })

  test('stay while the form that is about to name one is saved, however old its draft is', async () => {
    const store = new PhotoStore(open_photo_db(REPLICA))
    const two_days_ago_ms = Date.now() - 2 * 86_400_000
    const sha256 = await store.keep(shrunk(photo()), two_days_ago_ms)
    await store.release(sha256, Date.now())
    expect((await store.besides([], Date.now())).has(sha256)).toBe(false)
  })

  test('can be taken away again', async () => {
    const { app, sha256 } = await photographed(new Phone(), '0900000016')
    const { id } = await app.add_listing({ ...listing, photo: sha256 })
    await app.sync_now()
    await app.set_photo(id, null)
    expect(app.listings.value.find((listing) => listing.id === id)?.photo).toBe(null)
    await app.sync_now()
    expect(app.unsent.value).toBe(0)
    expect(app.refused.value).toEqual([])
  })

  test('whose store does not open hinder neither recording nor sending', async () => {
    const open = IDBFactory.prototype.open
    const broken = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (
      this: IDBFactory,
      ...asked
    ) {
      if (asked[0].startsWith('chophien-photos-')) throw new DOMException('Internal error', 'UnknownError')
      return open.apply(this, asked)
    })
    const phone = new Phone()
    await phone.signed_in(server_url, '0900000018')
    const app = await phone.launch(server_url)
    await app.add_listing(listing)
    // A server that was put back: everything is asked anew.
    const db = open_account_db(app.session.value?.replica ?? '')
    await db.write(['meta'], async (tx) => {
      const meta = await tx.objectStore('meta').get('meta')
      if (meta) await tx.objectStore('meta').put({ ...meta, cursor: 'of another history' }, 'meta')
    })
    await app.sync_now()
    expect(app.send_state.value).toMatchObject({ last_error: null, differs: false })
    expect(app.unsent.value).toBe(0)
    expect(broken).toHaveBeenCalledWith(expect.stringContaining('photos'), 1)
  })

  test('make way for a record on a full disk', async () => {
    const { app, store, sha256 } = await photographed(new Phone(), '0900000017')
    await store.change(sha256, (photo) => ({ ...photo, phase: 'safe' }))
    const add = IDBObjectStore.prototype.add
    let full = true
    const spy = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
      this: IDBObjectStore,
      ...asked
    ) {
      if (full) {
        full = false
        throw new DOMException('The disk is full', 'QuotaExceededError')
      }
      return add.apply(this, asked)
    })
    await app.add_listing(listing)
    spy.mockRestore()
    expect(app.unsent.value).toBe(1)
    expect(app.storage.value.problem).toBe(null)
    expect(await store.file(sha256, 'full')).toBeUndefined()
  })
})
