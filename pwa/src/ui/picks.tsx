import { useId } from 'preact/hooks'
import { Icon, type IconName } from './icon.tsx'

export interface Pick<Value extends string> {
  value: Value
  label: string
  icon?: IconName
}

/** One of a few, as large buttons with pictures: a group of radio buttons to a screen reader and the keyboard. */
export function Picks<Value extends string>(props: {
  label: string
  hide_label?: boolean
  picks: readonly Pick<Value>[]
  value: Value | null
  onChange: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset class={props.picks.length > 6 ? 'picks many' : 'picks'}>
      <legend class={props.hide_label ? 'unseen' : ''}>{props.label}</legend>
      {props.picks.map((pick) => (
        <label class="pick" key={pick.value}>
          <input
            type="radio"
            name={name}
            checked={pick.value === props.value}
            onChange={() => props.onChange(pick.value)}
          />
          {pick.icon && <Icon name={pick.icon} />}
          {pick.label}
        </label>
      ))}
    </fieldset>
  )
}
