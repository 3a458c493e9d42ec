import { describe, expect, it } from 'vitest'
import { type Means, say, say_all } from '../../src/screens/voice/saying.ts'
import { best_voice, speakable } from '../../src/screens/voice/speech.ts'
import type { ClipFile } from '../../src/voice/voice_db.ts'

const clip: ClipFile = { sha256: 'a', type: 'audio/webm', content: new ArrayBuffer(1) }
const saved = { key: 'toast_saved', text: 'Đã lưu 460.000 ₫', values: ['460.000 ₫'] } as const
const where = { key: 'say_sell', text: 'Đây là trang bán hàng.', values: [] } as const

function means(by: { clips?: string[]; plays?: boolean; speaks?: boolean | null; language?: string }) {
  const heard: string[] = []
  const { clips = [], plays = true, speaks = true, language = null } = by
  const found: Means = {
    language,
    clip: async (key) => (clips.includes(key) ? { ...clip, sha256: key } : null),
    play: async ({ sha256 }) => {
      heard.push(sha256)
      return plays
    },
    speech:
      speaks === null
        ? null
        : {
            speak: async (text) => {
              heard.push(text)
              return speaks
            },
          },
  }
  return { found, heard }
}

describe('a sentence', () => {
  it('is heard from the chosen voice where it has recorded it', async () => {
    const { found, heard } = means({ clips: ['say_sell'] })
    expect(await say(where, found)).toBe('clip')
    expect(heard).toEqual(['say_sell'])
  })

  it('that is not recorded is read by the phone', async () => {
    const { found, heard } = means({ clips: ['say_sell'] })
    expect(await say(saved, found)).toBe('speech')
    expect(heard).toEqual(['Đã lưu 460.000 ₫'])
  })

  it('whose recording does not play is read by the phone', async () => {
    const { found } = means({ clips: ['say_sell'], plays: false })
    expect(await say(where, found)).toBe('speech')
  })

  it('that no voice can say is left to be read, never to silence', async () => {
    expect(await say(where, means({ speaks: null }).found)).toBe('text')
    expect(await say(where, means({ speaks: false }).found)).toBe('text')
  })

  it('has its amount added by the phone, since a recording names none', async () => {
    const { found, heard } = means({ clips: ['toast_saved'] })
    expect(await say(saved, found)).toBe('clip')
    expect(heard).toEqual(['toast_saved', '460.000 ₫'])
  })
})

describe('the amount in a sentence', () => {
  const NUMBER = ['num_4', 'num_6', 'num_0', 'unit_dong']

  it('is heard in the chosen voice alone, where that has recorded all that it needs', async () => {
    const { found, heard } = means({ clips: ['toast_saved', ...NUMBER], speaks: null, language: 'hmn' })
    expect(await say(saved, found)).toBe('clip')
    expect(heard.slice(0, 3)).toEqual(['toast_saved', 'num_4', 'num_6'])
    expect(heard.at(-1)).toBe('unit_dong')
    const vietnamese = ['num_4', 'vi_hundred', 'num_6', 'vi_tens', 'vi_thousand', 'unit_dong']
    const spoken = means({ clips: ['toast_saved', ...vietnamese], language: 'vi' })
    await say(saved, spoken.found)
    expect(spoken.heard).toEqual(['toast_saved', ...vietnamese])
  })

  it('is never heard by half: where one recording is missing the phone says it', async () => {
    const { found, heard } = means({ clips: ['toast_saved', 'num_4', 'num_6'], language: 'hmn' })
    await say(saved, found)
    expect(heard).toEqual(['toast_saved', '460.000 ₫'])
  })

  it('is in the words of no other language', async () => {
    const { found, heard } = means({ clips: ['toast_saved', 'num_4'], speaks: null, language: 'hmn' })
    expect(await say(saved, found)).toBe('clip')
    expect(heard).toEqual(['toast_saved'])
  })
})

describe('all sentences of a screen', () => {
  it('are said one after another', async () => {
    const { found, heard } = means({ clips: ['toast_saved'] })
    const shown: number[] = []
    expect(
      await say_all(
        [saved, where],
        found,
        () => true,
        (index) => shown.push(index),
      ),
    ).toBe(true)
    expect(heard).toEqual(['toast_saved', '460.000 ₫', 'Đây là trang bán hàng.'])
    expect(shown).toEqual([0, 1])
  })

  it('end when the screen is left', async () => {
    const { found, heard } = means({})
    await say_all(
      [where, saved],
      found,
      () => heard.length === 0,
      () => {},
    )
    expect(heard).toEqual(['Đây là trang bán hàng.'])
  })

  it('tell when one of them was not heard', async () => {
    const { found } = means({ clips: ['say_sell'], speaks: null })
    expect(
      await say_all(
        [where, saved],
        found,
        () => true,
        () => {},
      ),
    ).toBe(false)
  })
})

describe('the voice of a phone', () => {
  const voices = [
    { lang: 'en-US', localService: true, name: 'en' },
    { lang: 'vi-VN', localService: false, name: 'far' },
    { lang: 'vi_VN', localService: true, name: 'near' },
  ]

  it('is one that needs no network, where there is one', () => {
    expect(best_voice(voices, 'vi', true)?.name).toBe('near')
    expect(best_voice(voices.slice(0, 2), 'vi', true)?.name).toBe('far')
  })

  it('is none rather than one that needs a network that is not there, or speaks another language', () => {
    expect(best_voice(voices.slice(0, 2), 'vi', false)).toBe(null)
    expect(best_voice(voices.slice(0, 1), 'vi', true)).toBe(null)
  })

  it('is given amounts of money as it can read them', () => {
    expect(speakable('Đã lưu 1.250.000\u00a0₫')).toBe('Đã lưu 1250000 đồng')
    expect(speakable('Chạm Lưu. Xong.')).toBe('Chạm Lưu. Xong.')
  })
})
