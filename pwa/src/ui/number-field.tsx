import { useId, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { Button } from './button.tsx'
import { money, quantity } from './format.ts'
import { Keypad } from './keypad.tsx'
import { display, is_money, type NumberOf, parse, show } from './number.ts'
import { SaveButton } from './save-button.tsx'
import { Sheet } from './sheet.tsx'
import { type Entry, thousands_meant } from './typing.ts'
import { is_counted } from './units.ts'

/** A sheet with a keypad that asks for one number. */
export function NumberSheet(props: {
  title: string
  of: NumberOf
  value: number | null
  done: string
  onDone: (value: number) => void
  onClose: () => void
}) {
  const { of } = props
  const start =
    props.value === null ? '' : is_money(of) ? String(props.value) : quantity(props.value).replaceAll('.', '')
  const [entry, set_entry] = useState<Entry>({ text: start, fresh: true })
  const value = parse(of, entry.text)
  const meant = is_money(of) && !entry.fresh ? thousands_meant(value ?? 0) : null
  const finish = () => {
    if (value) props.onDone(value)
  }
  return (
    <Sheet title={props.title} onClose={props.onClose}>
      <p class={entry.text.length > 8 ? 'display long' : 'display'}>
        <output aria-live="polite" class="number">
          {display(entry.text)}
        </output>{' '}
        <span class="soft">{is_money(of) ? '₫' : of.unit}</span>
      </p>
      {meant && (
        <Button icon="question" onClick={() => set_entry({ text: String(meant), fresh: false })}>
          {t('meant', { amount: money(meant) })}
        </Button>
      )}
      <Keypad
        kind={is_money(of) ? 'money' : is_counted(of.unit) ? 'count' : 'parts'}
        entry={entry}
        onEntry={set_entry}
        onEnter={finish}
      />
      <SaveButton
        lacks={value ? null : t('lacks', { what: props.title.toLowerCase() })}
        running={false}
        onClick={finish}
      >
        {props.done}
      </SaveButton>
    </Sheet>
  )
}

/** A number in a form: a button that shows it and opens the keypad. */
export function NumberField(props: {
  label: string
  of: NumberOf
  value: number | null
  onChange: (value: number) => void
  hint?: string
}) {
  const [open, set_open] = useState(false)
  const id = useId()
  return (
    <div class="field">
      <span id={id}>{props.label}</span>
      <button type="button" class="button number-field" aria-describedby={id} onClick={() => set_open(true)}>
        <span class="number">{props.value === null ? t('tap_to_enter') : show(props.of, props.value)}</span>
      </button>
      {props.hint && <small>{props.hint}</small>}
      {open && (
        <NumberSheet
          title={props.label}
          of={props.of}
          value={props.value}
          done={t('done')}
          onDone={(value) => {
            props.onChange(value)
            set_open(false)
          }}
          onClose={() => set_open(false)}
        />
      )}
    </div>
  )
}
