import type { BookDay } from '../state/index.ts'

/** Days from the newest on with so many sales in all; what their headings tell is of the whole day. */
export function first_sales(days: BookDay[], count: number): BookDay[] {
  const first: BookDay[] = []
  let room = count
  for (const day of days) {
    if (room <= 0) break
    first.push({ ...day, sales: day.sales.slice(0, room) })
    room -= day.sales.length
  }
  return first
}
