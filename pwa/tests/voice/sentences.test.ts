import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accounts_en } from '../../src/messages/accounts_en.ts'
import { accounts_vi } from '../../src/messages/accounts_vi.ts'
import { consent_en } from '../../src/messages/consent_en.ts'
import { consent_vi } from '../../src/messages/consent_vi.ts'
import { en } from '../../src/messages/en.ts'
import { enrol_en } from '../../src/messages/enrol_en.ts'
import { enrol_vi } from '../../src/messages/enrol_vi.ts'
import { file_en } from '../../src/messages/file_en.ts'
import { file_vi } from '../../src/messages/file_vi.ts'
import { help_en } from '../../src/messages/help_en.ts'
import { help_vi } from '../../src/messages/help_vi.ts'
import { numbers_en } from '../../src/messages/numbers_en.ts'
import { numbers_vi } from '../../src/messages/numbers_vi.ts'
import { screens_vi } from '../../src/messages/screens_vi.ts'
import { voice_en } from '../../src/messages/voice_en.ts'
import { voice_vi } from '../../src/messages/voice_vi.ts'
import { is_number } from '../../src/screens/voice/numbers.ts'
import { SCREEN_SENTENCES, screen_of } from '../../src/screens/voice/screen.ts'
import { type CatalogueName, is_own, MESSAGES, sentences_of } from '../../src/screens/voice/sentences.ts'

const SOURCE = join(import.meta.dirname, '../../src')
const app = readFileSync(join(SOURCE, 'screens/app.tsx'), 'utf8')
/** Components that app.tsx takes from a chunk: screens and sheets. */
const shown = [...app.matchAll(/\(\((?:screens|\w+)\) => \w+\.([A-Z]\w+)\)/g)].map(([, name = '']) => name)

/** All that is recorded of a language other than Vietnamese, and of Vietnamese. */
const SENTENCES = [...new Set([...sentences_of('hmn'), ...sentences_of('vi')])]

const CATALOGUES: Record<CatalogueName, [Record<string, string>, Record<string, string>]> = {
  screens: [screens_vi, en],
  accounts: [accounts_vi, accounts_en],
  consent: [consent_vi, consent_en],
  enrol: [enrol_vi, enrol_en],
  file: [file_vi, file_en],
  help: [help_vi, help_en],
}
const PREFIXES: Record<string, string> = { accounts: 'pin_', file: 'file_', help: 'help_' }
function words(sentence: string): string[] {
  if (is_number(sentence)) return [numbers_vi[sentence], numbers_en[sentence]]
  if (is_own(sentence)) return [voice_vi[sentence], voice_en[sentence]]
  const { catalogue, key } = MESSAGES.find((message) => message.sentence === sentence) ?? {}
  return CATALOGUES[catalogue ?? 'screens'].map((texts) => texts[key ?? ''] ?? '')
}

describe('what can be heard', () => {
  it('has a sentence for every screen', () => {
    expect(shown.length).toBeGreaterThan(10)
    const screens = ['Sell', 'SellListing', ...shown]
    expect(screens.filter((name) => !(name in SCREEN_SENTENCES))).toEqual([])
  })

  it('has a sentence for every notice, every error and every state', () => {
    const families: Record<CatalogueName, RegExp> = {
      screens:
        /^(storage|error|sync_error|clock|why|approval|refused|toast)_|^sign_in_(?!what)|^photo_refused$|^update_ready$|^needs_/,
      accounts: /^(wrong_pin|wait)$|_(failed|differ)$/,
      consent: /_(why|notice)$/,
      enrol: /^enrol_(error_|wait)|^scan_(no|other)/,
      file: /^(error|taken)_|_(failed|short)$/,
      help: /_(found|not_here)$/,
    }
    const wanted = Object.entries(families).flatMap(([catalogue, family]) =>
      Object.keys(CATALOGUES[catalogue as CatalogueName][0])
        .filter((key) => family.test(key))
        .map((key) => `${PREFIXES[catalogue] ?? ''}${key}`),
    )
    expect(wanted.length).toBeGreaterThan(40)
    expect(wanted.filter((key) => !SENTENCES.includes(key))).toEqual([])
    for (const language of ['hmn', 'vi'])
      expect(new Set(sentences_of(language)).size).toBe(sentences_of(language).length)
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
    for (const language of ['hmn', 'vi']) expect(sentences_of(language).length).toBeLessThanOrEqual(300)
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
    [['board'], 'Board'],
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
    expect(screen_of({ ...ready, readiness: 'storage_error', route: [] })).toBe('StorageBroken')
    expect(screen_of({ ...ready, role: 'admin', route: ['sales'] })).toBe('Province')
  })
})
