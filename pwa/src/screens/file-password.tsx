import { useState } from 'preact/hooks'
import { t } from '../messages/file.ts'
import { t as say } from '../messages/screens.ts'
import { Field } from '../ui/field.tsx'

interface FilePasswordProps {
  value: string
  /** For a file that is to be made, so the browser offers no old one. */
  is_new?: boolean
  wrong?: string | null
  onChange: (value: string) => void
}

export function FilePassword({ value, is_new = false, wrong = null, onChange }: FilePasswordProps) {
  const [shown, set_shown] = useState(false)
  return (
    <>
      <Field
        label={t('password')}
        hint={is_new ? t('password_hint') : undefined}
        wrong={wrong}
        value={value}
        onChange={onChange}
        input={{
          ...(shown ? { type: 'text' } : { type: 'password' }),
          autocomplete: is_new ? 'new-password' : 'off',
          required: true,
        }}
      />
      <label class="line">
        <input type="checkbox" checked={shown} onChange={() => set_shown(!shown)} />
        {say('show_password')}
      </label>
    </>
  )
}
