import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Manifest } from '../../src/voice/voice_db.ts'

/** What is heard of a phone without a network: nothing is asked of the server. */
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
  vi.resetModules()
})

const recording = (text: string) => ({
  type: 'audio/webm',
  content: new TextEncoder().encode(text).buffer as ArrayBuffer,
  duration_ms: 900,
})

async function modules() {
  const drafts = await import('../../src/state/voice_drafts.ts')
  const { voice_db } = await import('../../src/voice/voice_db.ts')
  const { phone } = await import('../../src/state/phone.ts')
  const { forget_unused } = await import('../../src/state/voice_unused.ts')
  const files = () => voice_db.read(['clips'], (tx) => tx.objectStore('clips').getAllKeys())
  const packs = () => voice_db.read(['packs'], (tx) => tx.objectStore('packs').getAllKeys())
  return { ...drafts, voice_db, phone, forget_unused, files, packs }
}

function pack(id: string, sha256: string): Manifest & { coop_id: null } {
  const clips = [{ key: 'say_sell', sha256, bytes: 4, duration_ms: 900, type: 'audio/webm' }]
  const rest = { scope: 'province', language: 'hmn', version: 1, published: true, mine: false } as const
  return { id, name: id, ...rest, clip_count: 1, bytes: 4, clips, coop_id: null }
}

describe('a recording', () => {
  test('that was made anew or removed is gone from the phone; what another sentence names stays', async () => {
    const { start_draft, keep_recording, drop_recording, files } = await modules()
    const { id } = await start_draft('me', 'hmn', 'Hmoob')
    await keep_recording(id, 'say_sell', recording('first'))
    const second = await keep_recording(id, 'say_sell', recording('second'))
    expect(await files()).toEqual([second.clips.say_sell?.sha256])
    await keep_recording(id, 'say_book', recording('second'))
    await drop_recording(id, 'say_sell')
    expect(await files()).toEqual([second.clips.say_sell?.sha256])
    await drop_recording(id, 'say_book')
    expect(await files()).toEqual([])
  })
})

describe('a voice', () => {
  test('that nobody who uses the phone has chosen is gone from it; recordings of a draft stay', async () => {
    const { voice_db, phone, forget_unused, start_draft, keep_recording, files, packs } = await modules()
    const [mine, left, gone] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string]
    await voice_db.write(['packs', 'clips'], async (tx) => {
      for (const [id, sha256] of Object.entries({ mine, left, gone })) {
        await tx.objectStore('packs').put(pack(id, sha256))
        await tx.objectStore('clips').put({ sha256, type: 'audio/webm', content: new ArrayBuffer(4) })
      }
    })
    const session = { coop: null, replica: null, demo: false, login: '', access_token: null }
    const user = (id: string) => ({ id, name: id, role: 'member' as const, coop_id: null })
    await phone.write(['sessions', 'settings'], async (tx) => {
      await tx.objectStore('sessions').put({ ...session, user: user('pao'), refresh_token: 'token' })
      const signed_out = { ...session, user: user('my'), refresh_token: null, signed_out: true }
      await tx.objectStore('sessions').put(signed_out)
      await tx.objectStore('settings').put('mine', 'voice-pao')
      await tx.objectStore('settings').put('left', 'voice-my')
    })
    const { id } = await start_draft('pao', 'hmn', 'Hmoob')
    const draft = await keep_recording(id, 'say_sell', recording('own'))
    await forget_unused()
    expect(await packs()).toEqual(['mine'])
    expect((await files()).toSorted()).toEqual([mine, draft.clips.say_sell?.sha256].toSorted())
  })
})
