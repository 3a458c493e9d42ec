import { createHash, randomBytes } from 'node:crypto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { type RequestOptions, TransportError, transport } from '../../src/sync/transport.ts'
import type { Manifest, Pack } from '../../src/voice/voice_db.ts'
import type { VoicePort } from '../../src/voice/voice_store.ts'
import { honey, Phone } from '../support/phone.ts'

const server_url = inject('server_url')
const MANAGER = '0900000002'
const MEMBER = '0900000019'
const OTHER_COOP = '0900000029'
const WEBM = Buffer.from('1a45dfa39f4286810142828477 65626d868641 5f4f505553'.replaceAll(' ', ''), 'hex')

const recording = (): ArrayBuffer => new Uint8Array(Buffer.concat([WEBM, randomBytes(900)])).buffer
const digest = (content: ArrayBuffer): string =>
  createHash('sha256').update(new Uint8Array(content)).digest('hex')

async function asking(login: string) {
  const send = transport(server_url)
  const body = { login, password: 'chophien-demo' }
  const { access_token: token } = (await send('/api/v1/auth/login', { body })) as { access_token: string }
  return (path: string, options: RequestOptions) => send(`/api/v1/voice/${path}`, { ...options, token })
}

async function port_of(login: string): Promise<VoicePort> {
  const ask = await asking(login)
  const get = (path: string) => ask(path, { method: 'GET' })
  return {
    packs: async () => ((await get('packs')) as { items: Pack[] }).items,
    manifest: async (id) => (await get(`packs/${id}`)) as Manifest,
    clip: async (sha256) => (await get(`clips/${sha256}`)) as ArrayBuffer,
  }
}

let count = 0
const new_pack_id = () => `0199aa5b-0000-7000-8000-${String(Date.now() + count++).slice(-12)}`

async function publish(id: string, clips: Record<string, ArrayBuffer>): Promise<void> {
  const ask = await asking(MANAGER)
  for (const content of Object.values(clips))
    await ask(`clips/${digest(content)}`, { method: 'PUT', body: content })
  const named = Object.entries(clips).map(([key, content]) => ({
    key,
    sha256: digest(content),
    duration_ms: 900,
  }))
  const body = { language: 'hmn', name: 'Hmoob', published: true, clips: named }
  await ask(`packs/${id}`, { method: 'PUT', body })
}

describe.skipIf(server_url === '')('a voice on its way to a phone', () => {
  let id = ''
  let port: VoicePort
  let disk = new IDBFactory()
  const [sell, book, send] = [recording(), recording(), recording()]

  beforeEach(async () => {
    disk = new IDBFactory()
    id = new_pack_id()
    await publish(id, { say_sell: sell, say_book: book, say_send: send })
    port = await port_of(MEMBER)
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  /** As after a launch: nothing in memory, the disk as it was. */
  async function launch() {
    globalThis.indexedDB = disk
    vi.resetModules()
    return import('../../src/voice/voice_store.ts')
  }

  test('is told with its size before anything is fetched, to its co-operative alone', async () => {
    const offered = (await port.packs()).find((pack) => pack.id === id)
    expect(offered).toMatchObject({ name: 'Hmoob', clip_count: 3, bytes: 3 * sell.byteLength })
    expect((await (await port_of(OTHER_COOP)).packs()).map((pack) => pack.id)).not.toContain(id)
  })

  test('goes on clip by clip where it broke off, and is heard without a network then', async () => {
    let asked = 0
    const broken: VoicePort = {
      ...port,
      clip: async (sha256) => {
        if (++asked > 1) throw new TransportError('no_network')
        return port.clip(sha256)
      },
    }
    const first = await launch()
    await expect(first.download(broken, id, 'coop')).rejects.toThrow('no_network')

    const again = await launch()
    const fetched: string[] = []
    const counting: VoicePort = {
      ...port,
      clip: async (sha256) => {
        fetched.push(sha256)
        return port.clip(sha256)
      },
    }
    const progress: number[] = []
    await again.download(counting, id, 'coop', (here) => progress.push(here))
    expect(fetched).toHaveLength(2)
    expect(progress).toEqual([1, 2, 3])

    const offline = await launch()
    const kept = await offline.clip_of(id, 'say_book')
    expect(kept?.type).toBe('audio/webm')
    expect(digest(kept?.content ?? new ArrayBuffer())).toBe(digest(book))
    expect(await offline.clip_of(id, 'say_goods')).toBe(null)
  })

  test('that a portal spoilt is not kept', async () => {
    const store = await launch()
    const portal: VoicePort = { ...port, clip: async () => new ArrayBuffer(7) }
    await expect(store.download(portal, id, 'coop')).rejects.toMatchObject({ code: 'spoilt_clip' })
    expect(await store.clip_of(id, 'say_sell')).toBe(null)
  })

  test('takes from a newer version only what is new, and forgets what it no longer names', async () => {
    const store = await launch()
    await store.download(port, id, 'coop')
    const better = recording()
    await publish(id, { say_sell: better, say_book: book })
    const fetched: string[] = []
    const counting: VoicePort = {
      ...port,
      clip: async (sha256) => {
        fetched.push(sha256)
        return port.clip(sha256)
      },
    }
    await store.download(counting, id, 'coop')
    expect(fetched).toEqual([digest(better)])
    expect(digest((await store.clip_of(id, 'say_sell'))?.content ?? new ArrayBuffer())).toBe(digest(better))
    expect(await store.lacking([{ sha256: digest(send) }])).toEqual([digest(send)])
  })

  test('is heard by nobody of another co-operative on the same phone', async () => {
    const store = await launch()
    await store.download(port, id, 'one')
    expect((await store.kept_packs('one')).map((pack) => pack.id)).toEqual([id])
    expect(await store.kept_packs('another')).toEqual([])
  })

  test('makes way on a full disk, and what is only recorded here never does', async () => {
    const store = await launch()
    const { voice_db } = await import('../../src/voice/voice_db.ts')
    await store.download(port, id, 'coop')
    const own = { sha256: 'f'.repeat(64), type: 'audio/webm', content: recording() }
    await voice_db.write(['clips', 'drafts'], async (tx) => {
      await tx.objectStore('clips').put(own)
      await tx.objectStore('drafts').put({
        id: 'draft',
        user_id: 'me',
        language: 'hmn',
        name: 'Hmoob',
        published: false,
        changed: true,
        clips: { say_sell: { sha256: own.sha256, duration_ms: 900, sent: false } },
      })
    })
    expect(await store.make_room()).toBe(true)
    expect(await store.clip_of(id, 'say_sell')).toBe(null)
    expect(await store.lacking([own])).toEqual([])
    expect(await store.make_room()).toBe(false)
  })

  test('makes way for a sale', async () => {
    const phone = new Phone()
    const app = await phone.signed_in(server_url, MEMBER)
    const store = await import('../../src/voice/voice_store.ts')
    await store.download(port, id, app.session.value?.user.coop_id ?? null)
    const add = IDBObjectStore.prototype.add
    let full = true
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
      this: IDBObjectStore,
      ...asked: Parameters<IDBObjectStore['add']>
    ) {
      if (full) {
        full = false
        throw new DOMException('The disk is full', 'QuotaExceededError')
      }
      return add.apply(this, asked)
    })
    await app.record_sale({ ...honey })
    expect(app.unsent.value).toBe(1)
    expect(await store.clip_of(id, 'say_sell')).toBe(null)
  })
})

describe.skipIf(server_url === '')('a voice that is recorded here', () => {
  test('is sent again when the server no longer knows what it had', async () => {
    const app = await new Phone().signed_in(server_url, MANAGER)
    const { keep_recording, send_draft, start_draft } = await import('../../src/state/voice_drafts.ts')
    const { voice_db } = await import('../../src/voice/voice_db.ts')
    const { id } = await start_draft(app.session.value?.user.id ?? '', 'hmn', 'Hmoob')
    const content = recording()
    const draft = await keep_recording(id, 'say_sell', { type: 'audio/webm', content, duration_ms: 900 })
    const lost = { say_sell: { sha256: digest(content), duration_ms: 900, sent: true } }
    await voice_db.write(['drafts'], (tx) => tx.objectStore('drafts').put({ ...draft, clips: lost }))
    expect((await send_draft(id, true)).changed).toBe(false)
    const clips = (await (await port_of(MEMBER)).manifest(id)).clips
    expect(clips.map(({ sha256 }) => sha256)).toEqual([digest(content)])
  })
})
