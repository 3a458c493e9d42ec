import { t } from '../../messages/staff.ts'
import { today } from '../../state/index.ts'
import { days_between } from '../../ui/days.ts'
import { date_time, day_of } from '../../ui/format.ts'

/** How long ago in days, in words: who has not sent for how long. */
export function ago(instant: string | null): string {
  if (instant === null) return t('never')
  const days = days_ago(instant)
  return days === 0 ? t('today') : t('days_ago', { n: days })
}

/** By the corrected clock; the province keeps no database, and so no other clock than the desk's. */
export const this_day = (): string => today.value.day || day_of(Date.now())
export const days_ago = (instant: string): number => days_between(day_of(instant), this_day())

/** A replica's name for people: the end of its id, until phones have names. */
export const phone_words = (replica: string | null): string => (replica ? `…${replica.slice(-6)}` : '–')

/** The time in a stamp, by the clock of the phone that made it. */
export const stamp_words = (stamp: string | null): string => {
  const ms = stamp ? Number.parseInt(stamp.slice(0, 12), 16) : Number.NaN
  return ms > 0 && ms < 8.64e15 ? date_time(ms) : '–'
}
