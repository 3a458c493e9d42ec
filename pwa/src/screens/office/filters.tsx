import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { t } from '../../messages/staff.ts'
import { SearchField } from '../../ui/search-field.tsx'

/** The line above a list: search, then what else narrows it. */
export const Filters = (props: {
  label: string
  query: string
  onQuery: (query: string) => void
  children?: ComponentChildren
}) => (
  <div class="filters">
    <SearchField label={props.label} value={props.query} onChange={props.onQuery} />
    {props.children}
  </div>
)

export interface Days {
  since: string
  until: string
}

export const ALL_DAYS: Days = { since: '', until: '' }

/** Two days, both included; empty means open. */
export const DayFields = ({
  days,
  labels,
  onChange,
}: {
  days: Days
  labels?: Days
  onChange: (days: Days) => void
}) => (
  <>
    {(['since', 'until'] as const).map((name) => (
      <label class="field" key={name}>
        {labels?.[name] ?? t(name)}
        <input
          type="date"
          value={days[name]}
          onChange={(event) => onChange({ ...days, [name]: event.currentTarget.value })}
        />
      </label>
    ))}
  </>
)

export function SelectField(props: {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}
