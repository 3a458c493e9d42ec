/** The guide in the app: words, never markup. */
import { expect, test } from 'vitest'
import { read_page } from '../../build/guide.ts'

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
