import { t_code as record_code } from '../../../messages/records.ts'
import { t, t_code } from '../../../messages/reviews.ts'
import { t_code as staff_code } from '../../../messages/staff.ts'
import { session } from '../../../state/index.ts'
import type { Resolution, Review, Standing } from '../../../state/reviews.ts'
import { date_time } from '../../../ui/format.ts'
import type { IconName } from '../../../ui/icon.tsx'
import { href } from '../../../ui/router.ts'
import { field_words, value_words } from '../record-words.ts'

export const ICONS: Record<string, IconName> = {
  conflict: 'crossing',
  oversold: 'goods',
  duplicate_sale: 'double',
  odd_amount: 'alert',
  odd_date: 'calendar',
  rejected: 'letter',
  held: 'lock',
  incomplete: 'question',
  lost_in_restore: 'disk',
}

/** What tells a record apart for a person, in this order. */
const TELLING = ['product_name', 'name', 'quantity_milli', 'total_vnd', 'sold_at'] as const

export const unit_of = ({ unit }: Standing): string => (typeof unit === 'string' ? unit : '')

/** The record that the review is about; empty when there is none. */
export const record_of = ({ records, record_id }: Review): Standing => records[record_id ?? ''] ?? {}

/** A record in words, `Thảo quả khô · 2 kg · 240.000 ₫`. */
export const record_words = (record: Standing): string =>
  TELLING.filter((name) => name in record)
    .map((name) => value_words(name, record[name], unit_of(record)))
    .join(' · ')

/** Which kind of question about what, `Mâu thuẫn · Giá`. */
export const title_of = ({ kind, field, entity }: Review): string =>
  [staff_code('kind', kind) ?? kind, field ? field_words(field) : entity && record_code('entity', entity)]
    .filter(Boolean)
    .join(' · ')

/** Where a record's history is shown: inside the office, or for the province with the co-operative named. */
export const past_of = ({ entity, record_id, coop_id }: Review): string =>
  session.value?.user.role === 'admin'
    ? href('history', String(entity), String(record_id), coop_id)
    : href('office', 'history', String(entity), String(record_id))

/** Who decided what, and when. */
export function decision_words({ resolution, closed_at, kind }: Review): string {
  const time = closed_at ? date_time(closed_at) : '–'
  return resolution
    ? t('decided_by', { name: resolution.account_name ?? '–', time, what: answer_words(resolution, kind) })
    : t('closed_itself', { time })
}

/** Each action by the words of its button, for a kind that has words of its own too. */
export const action_words = (action: string, kind: string): string => {
  const about_sale = kind === 'odd_amount' || kind === 'odd_date'
  const own =
    kind === 'duplicate_sale' && action === 'dismiss'
      ? 'dismiss_twice'
      : about_sale && (action === 'set' || action === 'dismiss')
        ? `${action}_sale`
        : kind === 'oversold' && action === 'set'
          ? 'set_stock'
          : kind === 'rejected' && action === 'accept'
            ? 'accept_rejected'
            : action
  return t_code('act', own) ?? action
}

function answer_words({ action, value, note }: Resolution, kind: string): string {
  const said =
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([name, each]) => `${field_words(name)} ${value_words(name, each)}`)
      : []
  return [action_words(action, kind), ...said, note && `“${note}”`].filter(Boolean).join(' · ')
}
