import { t, t_code } from '../../messages/staff.ts'
import { today } from '../../state/index.ts'
import { days_between } from '../../ui/days.ts'
import { date, date_time, day_of, money, quantity } from '../../ui/format.ts'

/** How long ago in days, in words: who has not sent for how long. */
export function ago(instant: string | null): string {
  if (instant === null) return t('never')
  const days = days_ago(instant)
  return days === 0 ? t('today') : t('days_ago', { n: days })
}

/** By the corrected clock; the province keeps no database, and so no other clock than the desk's. */
export const this_day = (): string => today.value.day || day_of(Date.now())
export const days_ago = (instant: string): number => days_between(day_of(instant), this_day())

/** A field's name in words. */
export const field_words = (field: string): string => t_code('field', field) ?? field

/** A field's value in words: money, quantities, times and codes as people write them. */
export function value_words(field: string, value: unknown, unit = ''): string {
  if (value === null || value === undefined) return field === 'member_id' ? t('coop_own') : '–'
  if (typeof value === 'boolean') return t(value ? 'value_yes' : 'value_no')
  if (typeof value === 'number') {
    if (field.endsWith('_vnd')) return money(value)
    if (field.endsWith('_milli')) return `${quantity(value)} ${unit}`.trim()
  }
  const text = String(value)
  if (field.endsWith('_at') && !Number.isNaN(Date.parse(text))) return date_time(text)
  if (field.endsWith('_on') && !Number.isNaN(Date.parse(text))) return date(text)
  return t_code('value', text) ?? text
}

/** A replica's name for people: the end of its id, until phones have names. */
export const phone_words = (replica: string | null): string => (replica ? `…${replica.slice(-6)}` : '–')

/** The time in a stamp, by the clock of the phone that made it. */
export const stamp_words = (stamp: string | null): string => {
  const ms = stamp ? Number.parseInt(stamp.slice(0, 12), 16) : Number.NaN
  return ms > 0 && ms < 8.64e15 ? date_time(ms) : '–'
}
