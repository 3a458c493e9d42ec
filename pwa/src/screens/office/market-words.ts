import { next_market_day } from '../../calendar/market.ts'
import { t_code as board_code } from '../../messages/board.ts'
import { t } from '../../messages/board_staff.ts'
import { days_later } from '../../ui/days.ts'
import { date } from '../../ui/format.ts'
import { this_day } from './words.ts'

/** What can be chosen of each kind of rule (`server/entities/market.py`). */
export const NUMBERS = { zodiac: [0, 11], weekday: [1, 7], lunar: [1, 30] } as const
export type RuleKind = keyof typeof NUMBERS | 'dates'

const SHOWN_DAYS = 3

export const number_words = (kind: string, number: number): string =>
  board_code(kind === 'zodiac' ? 'branch' : kind, String(number)) ?? String(number)

/** `Tỵ, Hợi`; days that are named one by one are told by the next ones. */
export function rule_words(rule: string): string {
  const [kind = '', text = ''] = rule.split(':')
  if (kind === 'dates') return coming(rule).map(date).join(', ') || t('no_days')
  const names = text.split(',').map((number) => number_words(kind, Number(number)))
  return `${t(`rule_${kind as RuleKind}`)}: ${names.join(', ')}`
}

/** The next days of a rule, a few. */
export function coming(rule: string): string[] {
  const days: string[] = []
  for (let since = this_day(); days.length < SHOWN_DAYS; ) {
    const day = next_market_day(rule, since)
    if (!day) break
    days.push(day)
    since = days_later(day, 1)
  }
  return days
}
