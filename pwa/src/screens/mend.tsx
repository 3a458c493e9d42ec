import { useState } from 'preact/hooks'
import { t, t_code } from '../messages/screens.ts'
import { dismiss_refused, mend_refused, refused } from '../state/index.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { ErrorLines } from './errors.tsx'
import { Failed } from './failed.tsx'
import { Note } from './note.tsx'
import { useRecording } from './recording.ts'

/** Mends what the server returned: the fields that it found wrong, to be typed again; or puts it away as read. */
export function Mend({ at, onClose }: { at: string; onClose: () => void }) {
  const mutation = refused.value.find((mutation) => mutation.at === at)
  const [changes, set_changes] = useState<Record<string, unknown>>({})
  const recording = useRecording()
  if (!mutation) return null
  const value = (field: string) => changes[field] ?? mutation.set[field]
  const change = (field: string) => (value: string | number) => set_changes({ ...changes, [field]: value })
  const wrong = Object.keys(mutation.errors).filter((field) => t_code('field', field))
  const finish = (record: () => Promise<void>) =>
    recording.run(async () => {
      await record()
      onClose()
    })
  return (
    <Sheet title={t('mend')} onClose={onClose}>
      <ErrorLines errors={mutation.errors} />
      <Note text={mutation.note} />
      {wrong.map((field) => {
        const label = t_code('field', field) ?? field
        const now = value(field)
        if (field.endsWith('_vnd') || field.endsWith('_milli'))
          return (
            <NumberField
              key={field}
              label={label}
              of={field.endsWith('_vnd') ? { money: true } : { unit: String(mutation.set.unit ?? '') }}
              value={typeof now === 'number' ? now : null}
              onChange={change(field)}
            />
          )
        return typeof now === 'string' || now === undefined ? (
          <Field
            key={field}
            label={label}
            value={now ?? ''}
            onChange={change(field)}
            {...(field === 'due_on' ? { input: { type: 'date' } } : {})}
          />
        ) : null
      })}
      <Failed error={recording.failed} />
      <Button
        kind="save"
        icon="send"
        disabled={recording.running || (wrong.length > 0 && Object.keys(changes).length === 0)}
        onClick={() => finish(() => mend_refused(at, changes))}
      >
        {t('mend_send')}
      </Button>
      <Button icon="check" disabled={recording.running} onClick={() => finish(() => dismiss_refused(at))}>
        {t('mend_dismiss')}
      </Button>
      <p class="soft">{t('mend_dismiss_why')}</p>
    </Sheet>
  )
}
