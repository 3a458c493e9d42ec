import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from '../../src/messages/en.ts'
import { screens_vi } from '../../src/messages/screens_vi.ts'
import { voice_en } from '../../src/messages/voice_en.ts'
import { voice_vi } from '../../src/messages/voice_vi.ts'
import { SCREEN_SENTENCES, screen_of } from '../../src/voice/screen.ts'
import { is_own, MESSAGES, SENTENCES } from '../../src/voice/sentences.ts'

const SOURCE = join(import.meta.dirname, '../../src')
const app = readFileSync(join(SOURCE, 'screens/app.tsx'), 'utf8')
/** Components that app.tsx takes from a chunk: screens and sheets. */
const shown = [...app.matchAll(/\(\((?:screens|\w+)\) => \w+\.([A-Z]\w+)\)/g)].map(([, name = '']) => name)

const words = (key: string): [string, string] =>
  is_own(key)
    ? [voice_vi[key], voice_en[key]]
    : [screens_vi[key as keyof typeof screens_vi], en[key as keyof typeof screens_vi]]

describe('what can be heard', () => {
  it('has a sentence for every screen', () => {
    expect(shown.length).toBeGreaterThan(10)
    const screens = ['Sell', 'SellListing', ...shown]
    expect(screens.filter((name) => !(name in SCREEN_SENTENCES))).toEqual([])
  })

  it('has a sentence for every notice, every error and every state', () => {
    const wanted = Object.keys(screens_vi).filter((key) =>
      /^(storage|error|sync_error|clock|why|approval|refused|toast)_|^sign_in_(?!what)|^photo_refused$|^update_ready$|^needs_/.test(
        key,
      ),
    )
    expect(wanted.length).toBeGreaterThan(40)
    expect(wanted.filter((key) => !(SENTENCES as readonly string[]).includes(key))).toEqual([])
    expect(new Set(SENTENCES).size).toBe(SENTENCES.length)
    for (const key of MESSAGES) expect(Object.keys(screens_vi)).toContain(key)
  })

  it('is whole in Vietnamese and in English, and names no value: a recording cannot', () => {
    for (const key of SENTENCES)
      for (const text of words(key)) {
        expect(text, key).toBeTruthy()
        expect([key, text]).toEqual([key, text.normalize('NFC')])
        expect([key, /[{}|]/.test(text)]).toEqual([key, false])
      }
    expect(Object.keys(voice_en)).toEqual(Object.keys(voice_vi))
  })

  it('has keys that a server takes, few enough for one pack', () => {
    for (const key of SENTENCES) expect(key).toMatch(/^[a-z][a-z0-9_]{0,59}$/)
    expect(SENTENCES.length).toBeLessThanOrEqual(300)
  })
})

describe('the screen that stands', () => {
  const ready = { readiness: 'ready', role: 'member', locked: false } as const

  it.each([
    [[], 'Sell'],
    [['sell'], 'Sell'],
    [['sell', 'other'], 'SellOther'],
    [['sell', '0199'], 'SellListing'],
    [['goods'], 'Goods'],
    [['goods', 'new'], 'NewListing'],
    [['goods', '0199'], 'Listing'],
    [['book'], 'Book'],
    [['book', '0199'], 'Sale'],
    [['book', '0199', 'correct'], 'CorrectSale'],
    [['send'], 'Send'],
  ])('at %j is %s', (route, screen) => {
    expect(screen_of({ ...ready, route })).toBe(screen)
  })

  it('is the lock while a PIN stands before the book, and an invitation before that', () => {
    expect(screen_of({ ...ready, locked: true, route: [] })).toBe('Gate')
    expect(screen_of({ ...ready, locked: true, route: ['enrol'] })).toBe('Enrol')
  })

  it('is told before anybody is signed in, and of an admin', () => {
    expect(screen_of({ ...ready, readiness: 'signed_out', role: undefined, route: [] })).toBe('SignIn')
    expect(screen_of({ ...ready, readiness: 'first_sync', route: [] })).toBe('FirstSync')
    expect(screen_of({ ...ready, role: 'admin', route: ['sales'] })).toBe('Province')
  })
})
