/** Market days, reckoned on the phone: no network is ever needed. The rules are those of `server/entities/market.py`. */
import { lunar_of } from './lunar.ts'

const DAY_MS = 86_400_000
/** From noon of Julian day 0 to 1 January 1970. */
const JULIAN_1970 = 2_440_588
/** Longer than one ever waits; after the lunar table's end there is none. */
const LOOK_AHEAD_DAYS = 120
/** The longest a lunar month is: what meets on this day meets on the last day of every month. */
const LAST_LUNAR_DAY = 30

const day_text = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** The branch of a day in the cycle of twelve, 0 (Tý, rat) to 11 (Hợi, pig). */
export const branch_of = (day: string): number => (Date.parse(day) / DAY_MS + JULIAN_1970 + 1) % 12

/** Monday is 1, Sunday is 7. */
export const weekday_of = (day: string): number => new Date(day).getUTCDay() || 7

const NUMBERS: Record<string, (day: string, next: string) => number[]> = {
  zodiac: (day) => [branch_of(day)],
  weekday: (day) => [weekday_of(day)],
  lunar: (day, next) => {
    const lunar = lunar_of(day)
    if (!lunar) return []
    const is_last = (lunar_of(next)?.day ?? 1) === 1
    return is_last ? [lunar.day, LAST_LUNAR_DAY] : [lunar.day]
  },
}

/** The first day of a rule from `since` on, which may be that day itself; null when there is none any more. */
export function next_market_day(rule: string, since: string): string | null {
  const [kind = '', text = ''] = rule.split(':')
  const parts = text.split(',')
  if (kind === 'dates') return parts.find((day) => day >= since) ?? null
  const numbers_of = NUMBERS[kind]
  const first = Date.parse(since) / DAY_MS
  for (let day = first; numbers_of && day < first + LOOK_AHEAD_DAYS; day++) {
    const found = day_text(day)
    if (numbers_of(found, day_text(day + 1)).some((number) => parts.includes(`${number}`))) return found
  }
  return null
}
