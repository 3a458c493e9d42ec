/** Market days, reckoned on the phone: no network is ever needed. The rules are those of `server/entities/market.py`. */
import { lunar_of } from './lunar.ts'

const DAY_MS = 86_400_000
/** From noon of Julian day 0 to 1 January 1970. */
const JULIAN_1970 = 2_440_588
/** The longest that one waits, for the 30th day of a lunar month; after the lunar table's end there is none. */
const LOOK_AHEAD_DAYS = 120

const day_text = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** The branch of a day in the cycle of twelve, 0 (Tý, rat) to 11 (Hợi, pig). */
export const branch_of = (day: string): number => (Date.parse(day) / DAY_MS + JULIAN_1970 + 1) % 12

/** Monday is 1, Sunday is 7. */
export const weekday_of = (day: string): number => new Date(day).getUTCDay() || 7

const NUMBERS: Record<string, (day: string) => number | undefined> = {
  zodiac: branch_of,
  weekday: weekday_of,
  lunar: (day) => lunar_of(day)?.day,
}

/** The first day of a rule from `since` on, which may be that day itself; null when there is none any more. */
export function next_market_day(rule: string, since: string): string | null {
  const [kind = '', text = ''] = rule.split(':')
  const parts = text.split(',')
  if (kind === 'dates') return parts.find((day) => day >= since) ?? null
  const number_of = NUMBERS[kind]
  const first = Date.parse(since) / DAY_MS
  for (let day = first; number_of && day < first + LOOK_AHEAD_DAYS; day++) {
    const found = day_text(day)
    if (parts.includes(String(number_of(found)))) return found
  }
  return null
}
