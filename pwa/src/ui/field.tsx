import type { JSX } from 'preact'
import { useId } from 'preact/hooks'

export interface FieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string | undefined
  /** What is wrong with it, in words; it is spoken when it appears. */
  wrong?: string | null | undefined
  lines?: number
  /** Characters; 200 in one line, 2,000 in several. */
  most?: number | undefined
  input?: JSX.IntrinsicElements['input']
}

export function Field({ label, value, onChange, hint, wrong, lines, most, input }: FieldProps) {
  const id = useId()
  const shared = {
    id,
    value,
    'aria-invalid': wrong ? true : undefined,
    'aria-describedby': hint || wrong ? `${id}-hint` : undefined,
    onInput: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {lines ? (
        <textarea rows={lines} maxLength={most ?? 2000} {...shared} />
      ) : (
        <input maxLength={most ?? 200} {...input} {...shared} />
      )}
      {(hint || wrong) && (
        <small id={`${id}-hint`} class={wrong ? 'wrong' : ''} aria-live="polite">
          {wrong || hint}
        </small>
      )}
    </div>
  )
}
