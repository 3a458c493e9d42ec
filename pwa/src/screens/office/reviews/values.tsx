import { t_code } from '../../../messages/records.ts'
import { t } from '../../../messages/reviews.ts'
import type { Review, Standing } from '../../../state/reviews.ts'
import { Field, type FieldProps } from '../../../ui/field.tsx'
import { amount, day_of, quantity, time } from '../../../ui/format.ts'
import { parse } from '../../../ui/number.ts'
import { SelectField } from '../filters.tsx'
import { field_words } from '../record-words.ts'
import type { Answer } from './answers.ts'
import { record_of, unit_of } from './words.ts'

/** What is typed for each field, as text. */
export type Typed = Readonly<Record<string, string>>

const AMOUNTS = ['quantity_milli', 'unit_price_vnd', 'total_vnd'] as const
const CHOICES: Record<string, readonly string[]> = {
  approval: ['approved', 'refused'],
  status: ['offered', 'withdrawn'],
}

const text_of = (name: string, value: unknown): string =>
  typeof value === 'number'
    ? name.endsWith('_milli')
      ? quantity(value).replaceAll('.', '')
      : amount(value)
    : typeof value === 'string'
      ? value
      : ''

/** Hours of Hanoi, whatever clock this desk has. */
const ZONE = '+07:00'

/** What stands, to begin with. */
export function begin(review: Review, { asks }: Answer): Typed {
  const record = record_of(review)
  if (asks === 'amounts')
    return Object.fromEntries(AMOUNTS.map((name) => [name, text_of(name, record[name])]))
  if (asks === 'stock') return { left_milli: '0' }
  if (asks === 'time') return { sold_at: '' }
  const field = review.field ?? ''
  if (field === 'active') return { [field]: String(record[field]) }
  return asks ? { [field]: text_of(field, record[field]) } : {}
}

/** The value that a decision carries; null while what is typed is none. */
export function value_of(review: Review, answer: Answer, typed: Typed): unknown {
  const { asks } = answer
  if (!asks) return answer.value
  if (asks === 'time') return typed.sold_at ? { sold_at: `${instant_of(typed.sold_at)}` } : null
  const values = Object.entries(typed).map(([name, text]) => [name, parsed(name, text)] as const)
  if (values.some(([, value]) => value === null)) return null
  if (asks === 'amounts') return changed(record_of(review), values)
  return values[0]?.[1] ?? null
}

const instant_of = (local: string): string => new Date(`${local}:00${ZONE}`).toISOString()

function changed(record: Standing, values: readonly (readonly [string, unknown])[]): Standing | null {
  const other = values.filter(([name, value]) => record[name] !== value)
  return other.length ? Object.fromEntries(other) : null
}

function parsed(name: string, text: string): unknown {
  if (name.endsWith('_vnd')) return parse({ money: true }, text)
  if (name.endsWith('_milli')) return parse({ unit: '' }, text)
  if (name === 'active') return text === 'true'
  return text.trim()
}

/** The fields in which the right value is typed. A new quantity or price fills the total in. */
export function ValueFields(props: {
  review: Review
  answer: Answer
  typed: Typed
  onTyped: (typed: Typed) => void
}) {
  const { review, answer, typed, onTyped } = props
  const set = (name: string) => (text: string) => onTyped(with_total({ ...typed, [name]: text }, name))
  return (
    <>
      {Object.entries(typed).map(([name, text]) => {
        const label = label_of(answer, name, unit_of(record_of(review)))
        const choices = CHOICES[name]
        if (choices)
          return (
            <SelectField
              key={name}
              label={label}
              value={text}
              options={choices.map((value) => ({ value, label: t_code('value', value) ?? value }))}
              onChange={set(name)}
            />
          )
        return (
          <Field
            key={name}
            label={label}
            value={text}
            onChange={set(name)}
            wrong={text && parsed(name, text) === null ? t('wrong_number') : null}
            input={input_of(name)}
          />
        )
      })}
    </>
  )
}

const input_of = (name: string): NonNullable<FieldProps['input']> =>
  name === 'sold_at'
    ? { type: 'datetime-local', max: `${day_of(Date.now())}T${time(Date.now()).padStart(5, '0')}` }
    : name.endsWith('_on')
      ? { type: 'date' }
      : name.endsWith('_vnd') || name.endsWith('_milli')
        ? { inputMode: 'decimal', autoComplete: 'off' }
        : {}

function label_of({ asks }: Answer, name: string, unit: string): string {
  if (asks === 'stock') return `${t('right_left')} (${unit})`
  if (asks === 'time') return t('right_time')
  const words = asks === 'value' ? `${t('right_value')}: ${field_words(name)}` : field_words(name)
  return name.endsWith('_milli') ? `${words} (${unit})` : name.endsWith('_vnd') ? `${words} (₫)` : words
}

function with_total(typed: Typed, name: string): Typed {
  const count = parse({ unit: '' }, typed.quantity_milli ?? '')
  const price = parse({ money: true }, typed.unit_price_vnd ?? '')
  const is_part = name === 'quantity_milli' || name === 'unit_price_vnd'
  return is_part && 'total_vnd' in typed && count !== null && price !== null
    ? { ...typed, total_vnd: amount(Math.round((count * price) / 1000)) }
    : typed
}
