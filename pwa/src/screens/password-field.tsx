import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { Field, type FieldProps } from '../ui/field.tsx'

interface PasswordFieldProps extends Omit<FieldProps, 'lines' | 'input'> {
  /** What the browser may offer, or keep. */
  autocomplete: 'current-password' | 'new-password' | 'off'
}

/** A password that can be looked at while it is typed: small keys and wet hands make mistakes. */
export function PasswordField({ autocomplete, ...field }: PasswordFieldProps) {
  const [shown, set_shown] = useState(false)
  return (
    <>
      {/* Spread: Preact's types want one literal for each kind of input. */}
      <Field
        {...field}
        input={{ ...(shown ? { type: 'text' } : { type: 'password' }), autocomplete, required: true }}
      />
      <label class="line">
        <input type="checkbox" checked={shown} onChange={() => set_shown(!shown)} />
        {t('show_password')}
      </label>
    </>
  )
}
