import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { lunar_of } from '../src/calendar/lunar.ts'
import { branch_of, next_market_day, weekday_of } from '../src/calendar/market.ts'
import { days_later } from '../src/ui/days.ts'

interface Vectors {
  new_years: string[]
  leap_months: { year: number; month: number }[]
  days: { day: string; branch: number; weekday: number; lunar: object | null }[]
  markets: { name: string; rule: string; since: string; days: string[] }[]
}
const vectors = JSON.parse(
  readFileSync(new URL('../../tests/vectors/calendar.json', import.meta.url), 'utf8'),
) as Vectors

/** As many as asked for, each found from the day after the one before. */
function market_days(rule: string, since: string, most: number): string[] {
  const day = most > 0 ? next_market_day(rule, since) : null
  return day ? [day, ...market_days(rule, days_later(day, 1), most - 1)] : []
}

describe('the calendar', () => {
  test.each(vectors.days)('of $day', ({ day, branch, weekday, lunar }) => {
    expect([branch_of(day), weekday_of(day), lunar_of(day)]).toEqual([branch, weekday, lunar])
  })
  test.each(vectors.new_years)('the lunar year begins on %s', (day) => {
    expect(lunar_of(day)).toEqual({ year: Number(day.slice(0, 4)), month: 1, day: 1, leap: false })
  })
  test('leap months are those that the printed calendars have', () => {
    const found: Record<string, number> = {}
    for (let day = '2000-02-05'; day < '2034-06-01'; day = days_later(day, 1)) {
      const lunar = lunar_of(day)
      if (lunar?.leap) found[lunar.year] = lunar.month
    }
    expect(found).toEqual(Object.fromEntries(vectors.leap_months.map(({ year, month }) => [year, month])))
  })
  test.each(vectors.markets)('$name', ({ rule, since, days }) => {
    expect(market_days(rule, since, 5)).toEqual(days)
  })
})

test('a rule that only a newer app knows is no market day', () => {
  expect(next_market_day('moon:1', '2026-11-22')).toBe(null)
})
