import { expect, test } from 'vitest'
import { first_sales } from '../../src/screens/first-sales.ts'
import type { BookDay, SaleView } from '../../src/state/types.ts'

const day = (day: string, sales: number): BookDay => ({
  day,
  count: sales,
  total_vnd: sales * 1_000,
  sales: Array.from({ length: sales }, (_, n) => ({ id: `${day} ${n}` }) as SaleView),
})
const days = [day('2026-11-22', 3), day('2026-11-21', 40), day('2026-11-20', 5)]

test('the book draws its newest sales first, and headings that tell of whole days', () => {
  const drawn = first_sales(days, 10)
  expect(drawn.map(({ day, sales }) => [day, sales.length])).toEqual([
    ['2026-11-22', 3],
    ['2026-11-21', 7],
  ])
  expect(drawn[1]).toMatchObject({ count: 40, total_vnd: 40_000 })
})

test('all that was read is drawn in the end', () => {
  expect(first_sales(days, 48)).toEqual(days)
  expect(first_sales(days, 1_000)).toEqual(days)
  expect(first_sales([], 10)).toEqual([])
})
