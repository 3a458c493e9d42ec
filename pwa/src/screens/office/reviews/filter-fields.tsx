import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { t, t_code } from '../../../messages/reviews.ts'
import { t_code as staff_code, t as t_staff } from '../../../messages/staff.ts'
import { days_later } from '../../../ui/days.ts'
import { SelectField } from '../filters.tsx'
import { this_day } from '../words.ts'
import { ICONS } from './words.ts'

/** What the queue shows. It stays as it is while a history is looked at. */
export const wanted = signal({ kind: '', status: 'open', age: '' })

const STATUSES = ['open', 'resolved', 'closed'] as const
const AGES = ['', '1', '7', '30'] as const

/** The question that is asked of the server. */
export function params_of({ kind, status, age }: typeof wanted.value) {
  // A whole day is included: the one before it is the last that is old enough.
  const until = age ? days_later(this_day(), -Number(age) - 1) : ''
  return { kind, status, until }
}

export const FilterFields = ({ pick }: { pick: ComponentChildren }) => {
  const set = (name: keyof typeof wanted.value) => (value: string) => {
    wanted.value = { ...wanted.value, [name]: value }
  }
  const { kind, status, age } = wanted.value
  return (
    <div class="filters">
      {pick}
      <SelectField
        label={t_staff('kind')}
        value={kind}
        options={[
          { value: '', label: t_staff('all_kinds') },
          ...Object.keys(ICONS).map((value) => ({ value, label: staff_code('kind', value) ?? value })),
        ]}
        onChange={set('kind')}
      />
      <SelectField
        label={t('status')}
        value={status}
        options={STATUSES.map((value) => ({ value, label: t_code('status', value) ?? value }))}
        onChange={set('status')}
      />
      <SelectField
        label={t('age')}
        value={age}
        options={AGES.map((value) => ({ value, label: t_code('age', value || 'any') ?? value }))}
        onChange={set('age')}
      />
    </div>
  )
}
