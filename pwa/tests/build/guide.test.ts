/** The guide in the app: words, never markup. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { read_guide, read_page } from '../../build/guide.ts'
import { page_of_problem, page_of_screen, sign_of_page } from '../../src/screens/help-signs.ts'

test('a page is its title, steps with the labels of the screen, links to pages and pictures', () => {
  const markdown = '# Bán\n\n1. Chạm “Lưu”, rồi xem [sổ](so.md).\n\n![Ảnh](pictures/sell.webp)\n'
  expect(read_page('ban', markdown)).toEqual({
    name: 'ban',
    title: 'Bán',
    blocks: [
      {
        kind: 'steps',
        items: [['Chạm ', { label: 'Lưu' }, ', rồi xem ', { to: 'so', text: 'sổ' }, '.']],
      },
      { kind: 'picture', picture: 'sell.webp', alt: 'Ảnh' },
    ],
  })
})

test.each([
  ['markup', '<img src=x onerror=alert(1)>'],
  ['markup within words', 'Chạm <b>Lưu</b>'],
  ['a link out of the guide', '[đây](https://example.org)'],
  ['a script as a link', '[đây](javascript:alert(1))'],
  ['a picture from elsewhere', '![ảnh](https://example.org/a.webp)'],
  ['code', '`code`'],
  ['a table', '| a |\n| - |\n| b |'],
])('%s does not pass', (_, markdown) => {
  expect(() => read_page('ban', `# Bán\n\n${markdown}\n`)).toThrow(/not for the help/)
})

/** Pages that a screen asks for by name: `page="…"`, or what stands in quotes where it chooses. */
function named_by_screens(): string[] {
  const folder = join(import.meta.dirname, '../../src/screens')
  const sources = readdirSync(folder).filter((name) => name.endsWith('.tsx'))
  return sources.flatMap((name) => {
    const source = readFileSync(join(folder, name), 'utf8')
    const asked = [...source.matchAll(/\b(?:page|help)=(?:("[a-z-]+")|\{([^}]+)\})/g)]
    return asked.flatMap(
      ([, words, choice = '']) => (words ?? choice).match(/(?<=["'])[a-z-]+(?=["'])/g) ?? [],
    )
  })
}

test('every page has a sign, and every screen a page about it', () => {
  const { pages } = read_guide()
  const names = pages.map(({ name }) => name)
  expect(names.filter((name) => sign_of_page(name) === 'note' && name !== 'nghe')).toEqual([])
  const screens = [
    '#/',
    '#/sell/1',
    '#/sell/other',
    '#/goods/new',
    '#/goods/1',
    '#/book/1',
    '#/enrol',
    '#/help',
    '#/goods',
    '#/book',
    '#/send',
    '#/office',
    '#/office/members',
    '#/office/reviews',
  ]
  expect(screens.map(page_of_screen).filter((name) => !names.includes(name))).toEqual([])
  const problems = ['full', 'blocked', 'outdated', 'broken'].map(page_of_problem)
  expect(problems.filter((name) => !name || !names.includes(name))).toEqual([])
  expect(named_by_screens().filter((name) => !names.includes(name))).toEqual([])
})
