/** Every screen has a page of the guide that its reader has, and a picture on one. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { part_of, pictures_of, read_guide } from '../../build/guide.ts'
import { page_of_problem, page_of_screen, sign_of_page } from '../../src/screens/help-signs.ts'
import type { Role } from '../../src/state/types.ts'

const FOLDER = join(import.meta.dirname, '../../src/screens')
const source = (name: string): string => readFileSync(join(FOLDER, name), 'utf8')
const guide = read_guide()
const pages = Object.values(guide).flatMap(({ pages }) => pages)
const names = pages.map(({ name }) => name)

/** Each screen and sheet, by its module, with the pictures that show it. */
const PICTURES: Record<string, string[]> = {
  accounts: ['people', 'forgot-pin'],
  'enter-pin': ['pin-entry'],
  'leave-phone': ['leave'],
  pin: ['pin'],
  sharing: ['hand-on'],
  portrait: ['hand-on'],
  account: ['account', 'password'],
  consent: ['consent'],
  'sign-in': ['sign-in'],
  enrol: ['enrol'],
  'enrol-scan': ['enrol-scan'],
  'enrol-password': ['enrol'],
  'enrol-done': ['enrol-done'],
  'in-app': ['in-app', 'iphone'],
  'first-sync': ['first-sync'],
  app: ['broken'],
  frame: ['sell', 'who'],
  sell: ['sell', 'saved'],
  'sell-entry': ['amount', 'bargain'],
  'sell-other': ['sell-other'],
  'sale-entry': ['amount-credit'],
  goods: ['goods'],
  listing: ['listing', 'stock'],
  'listing-form': ['listing-new', 'keypad'],
  'listing-photo': ['photo-taken'],
  camera: ['camera', 'camera-view', 'photo-taken'],
  'edit-sheet': ['listing-text'],
  'form-sheet': ['listing-text', 'need'],
  book: ['book', 'book-week', 'book-month', 'book-nothing'],
  debts: ['book-debts'],
  settle: ['settle'],
  sale: ['sale', 'credit', 'void'],
  'correct-sale': ['correct'],
  receipt: ['receipt', 'slip'],
  statement: ['book-money', 'statement', 'statement-paid', 'statement-open'],
  refused: ['refused'],
  mend: ['mend'],
  send: ['send-checked', 'send-history', 'send-unsent'],
  'save-file': ['file', 'file-save'],
  'take-back': ['file-take'],
  board: ['board', 'board-notices'],
  'board-needs': ['need'],
  help: ['help', 'help-page'],
  'help-mark': ['help-page'],
  'voice/speaking': ['listen'],
  'voice/voice-choice': ['account'],
  'office/index': ['office-sales'],
  'office/sales': ['office-sales'],
  'office/listings': ['office-listings', 'office-refuse'],
  'office/members': ['office-members', 'office-add-member'],
  'office/people': ['office-phones'],
  'office/enrolment': ['invite'],
  'office/person': ['office-person', 'office-disable'],
  'office/person-consents': ['office-consents', 'office-consent'],
  'office/person-data': ['office-own-data', 'office-copy', 'office-erase'],
  'office/phones': ['office-phones', 'office-revoke'],
  'office/audit': ['office-audit'],
  'office/ask-sheet': ['office-disable'],
  'office/money': ['office-money', 'office-money-list', 'office-pay-pick'],
  'office/money-member': ['office-money-member', 'office-money-one'],
  'office/money-pay': ['office-pay', 'office-pay-look', 'office-paid', 'office-advance'],
  'office/money-seasons': [
    'office-season',
    'office-seasons',
    'office-close',
    'office-late',
    'office-publish',
  ],
  'office/board': ['office-board'],
  'office/board-need': ['office-needs', 'office-answer'],
  'office/board-line': ['office-notices', 'office-withdraw'],
  'office/board-sheet': ['office-notice'],
  'office/board-notice': ['office-notices', 'office-notice'],
  'office/board-price': ['office-prices', 'office-price'],
  'office/board-market': ['office-markets', 'office-market', 'office-market-days'],
  'office/reports-plot': ['office-report-plot', 'province-report'],
  'office/reports': ['office-report', 'office-report-table'],
  'office/files': ['office-files'],
  'office/export-button': ['office-export', 'office-export-done'],
  'office/import': ['office-import'],
  'office/import-look': ['office-import-look', 'office-import-take'],
  'office/import-rows': ['office-import-wrong'],
  'office/import-list': ['office-import-undo'],
  'office/recorder': ['voices'],
  'office/recorder-pack': ['recorder'],
  'office/recorder-sentence': ['recorder'],
  'office/reviews/queue': ['office-reviews', 'office-chosen'],
  'office/reviews/case': ['office-case', 'office-answers'],
  'office/reviews/decide-sheet': ['office-decide'],
  'office/reviews/history': ['office-history', 'province-history'],
  'office/reviews/keys': ['province-keys'],
  'province/index': [
    'province-sales',
    'province-reviews',
    'province-report',
    'province-files',
    'province-voices',
  ],
  'province/sales': ['province-sales', 'province-export'],
  'province/people': ['province-coops', 'province-phones', 'province-audit', 'province-person'],
  'province/coops': ['province-coops'],
  'province/coop-sheet': ['province-coop'],
  'province/place-picker': ['province-coop'],
  'province/accounts': ['province-accounts'],
  'province/account-sheet': ['province-account'],
  'province/places': ['province-places'],
  'province/money': ['province-money', 'province-months'],
  'province/board': ['province-board', 'province-notice'],
}

/** What a screen or a sheet is made of. */
const SHOWS_A_SCREEN =
  /<(Page|GateScreen|Sheet|FormSheet|AskSheet|EditSheet|BoardSheet|BoardLines|Table|dialog|main)\b|export default function/

const screens = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx') && SHOWS_A_SCREEN.test(source(name)))
  .map((name) => name.replace('.tsx', ''))

test.each(screens)('%s has its picture in the guide', (screen) => {
  expect(PICTURES[screen], 'name its pictures above').toBeDefined()
})

test.each(Object.entries(PICTURES))(
  '%s is shown by pictures of pages that its reader has',
  (screen, pictures) => {
    expect(existing(screen)).toBe(true)
    const shown = (part: keyof typeof guide) =>
      guide[part].pages.flatMap(pictures_of).map((name) => name.replace('.webp', ''))
    const readers = screen.startsWith('province/')
      ? shown('province')
      : screen.startsWith('office/')
        ? [...shown('office'), ...shown('province')]
        : shown('member')
    expect(pictures.filter((picture) => !readers.includes(picture))).toEqual([])
  },
)

const existing = (screen: string): boolean => source(`${screen}.tsx`) !== ''

const found = (module: string, pattern: RegExp): string[] =>
  [...source(module).matchAll(pattern)].flatMap(([, name]) => (name ? [name] : []))

/** Addresses as the screens themselves tell them, an id where they open a record. */
const ADDRESSES: Record<Role, string[]> = {
  member: [
    ...found('app.tsx', /\btab === '(\w+)'/g),
    'goods/new',
    'goods/1',
    'book/1',
    'sell/1',
    'sell/other',
    '',
  ],
  manager: [
    ...found('office/index.tsx', /^ {2}(\w+): [A-Z]\w+,$/gm).map((section) => `office/${section}`),
    ...found('office/people.tsx', /name: '(\w+)'/g).map((part) => `office/members/${part}`),
    'office',
    'office/members/1',
    'office/history/sale/1',
  ],
  admin: [
    ...found('province/index.tsx', /\bto: '(\w+)'/g),
    ...found('province/people.tsx', /name: '(\w+)'/g).map((part) => `coops/${part}`),
    'coops/accounts/1',
    'history/sale/1/2',
    '',
  ],
}
const PARTS_OF: Record<Role, string[]> = {
  member: ['member'],
  manager: ['member', 'office'],
  admin: ['member', 'office', 'province'],
}

test.each(Object.entries(ADDRESSES) as [Role, string[]][])(
  'every address of the %s leads to a page',
  (role, all) => {
    expect(all.length).toBeGreaterThan(8)
    const led = all.map((address) => [address, page_of_screen(`#/${address}`, role)] as const)
    expect(led.filter(([, page]) => !names.includes(page))).toEqual([])
    expect(led.filter(([, page]) => !PARTS_OF[role].includes(part_of(page)))).toEqual([])
    // What nothing names falls to the last: only where that is meant.
    const last = page_of_screen('#/', role)
    const first = role === 'manager' ? [] : ['', 'sell', 'sell/1', 'sales', 'office', 'boards']
    expect(led.filter(([address, page]) => page === last && !first.includes(address))).toEqual([])
  },
)

/** Pages that a screen asks for by name: `page="…"`, or what stands in quotes where it chooses. */
function named_by_screens(): string[] {
  return screens.flatMap((name) => {
    const asked = [...source(`${name}.tsx`).matchAll(/\b(?:page|help)=(?:("[a-z-]+")|\{([^}]+)\})/g)]
    return asked.flatMap(
      ([, words, choice = '']) => (words ?? choice).match(/(?<=["'])[a-z-]+(?=["'])/g) ?? [],
    )
  })
}

test('every page has a sign, and what screens name are pages', () => {
  expect(
    names.filter((name) => sign_of_page(name) === 'note' && !['nghe', 'can-bo-thong-bao'].includes(name)),
  ).toEqual([])
  const problems = ['full', 'blocked', 'outdated', 'broken'].map(page_of_problem)
  expect(problems.filter((name) => !name || !names.includes(name))).toEqual([])
  expect(named_by_screens().filter((name) => !names.includes(name))).toEqual([])
})
