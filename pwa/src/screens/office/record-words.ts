import { t_code } from '../../messages/records.ts'
import { t } from '../../messages/staff.ts'
import type { GoodsTotal } from '../../state/goods_totals.ts'
import { NO_PHOTO } from '../../state/views.ts'
import { amount, date, date_time, money, quantity } from '../../ui/format.ts'
import { rule_words } from './market-words.ts'

/** A field's name in words. */
export const field_words = (field: string): string => t_code('field', field) ?? field

/** A field's value in words: money, quantities, times and codes as people write them. */
export function value_words(field: string, value: unknown, unit = ''): string {
  if (value === null || value === undefined) return field === 'member_id' ? t('coop_own') : '–'
  if (typeof value === 'boolean') return t_code('value', value ? 'yes' : 'no') ?? ''
  if (typeof value === 'number') {
    if (field.endsWith('_vnd')) return money(value)
    return field.endsWith('_milli') ? `${quantity(value)} ${unit}`.trim() : amount(value)
  }
  if (Array.isArray(value)) return value.map(goods_words).join('; ')
  return text_words(field, String(value))
}

/** Of a published month: what was sold in it. */
const goods_words = ({ product_name, unit, quantity_milli }: GoodsTotal): string =>
  [product_name, unit && `${quantity(quantity_milli)} ${unit}`].filter(Boolean).join(' ')

const CHOSEN = new Set([
  'approval',
  'kind',
  'method',
  'money_with',
  'payment',
  'purpose',
  'source',
  'status',
  'told_by',
  'void_reason',
])

function text_words(field: string, text: string): string {
  if (field === 'photo') return text === NO_PHOTO ? '–' : (t_code('value', 'yes') ?? '')
  if (field === 'rule') return rule_words(text)
  if (field === 'month') return text.slice(0, 7).split('-').reverse().join('/')
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return date(text)
  if (field.endsWith('_at') && !Number.isNaN(Date.parse(text))) return date_time(text)
  return (CHOSEN.has(field) && t_code('value', text)) || text
}
