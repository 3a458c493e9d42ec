import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { Banner } from '../ui/banner.tsx'
import { Field } from '../ui/field.tsx'
import { SaveButton } from '../ui/save-button.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { useHalfTyped } from './frame.tsx'
import { failure, useRecording } from './recording.ts'

interface EditedField<Name extends string> {
  name: Name
  label: string
  value: string
  required?: boolean
  lines?: number
  most?: number
}

/** Changes a record's texts. Only what was changed is recorded, so that nobody's newer text is overwritten unseen. */
export function EditSheet<Name extends string>(props: {
  title: string
  hint?: string
  fields: readonly EditedField<Name>[]
  onSave: (changes: Partial<Record<Name, string>>) => Promise<void>
  onClose: () => void
}) {
  const [typed, set_typed] = useState<Partial<Record<Name, string>>>({})
  const recording = useRecording()
  useHalfTyped()
  const text = ({ name, value }: EditedField<Name>) => typed[name] ?? value
  const missing = props.fields.filter((field) => field.required && !text(field).trim())
  const names = missing.map(({ label }) => label).join(', ')
  const save = async () => {
    const changed = props.fields.filter((field) => text(field).trim() !== field.value)
    const changes = Object.fromEntries(
      changed.map((field) => [field.name, text(field).trim().normalize('NFC')]),
    )
    if (changed.length) await props.onSave(changes as Partial<Record<Name, string>>)
    props.onClose()
  }
  return (
    <Sheet title={props.title} onClose={props.onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          recording.run(save)
        }}
      >
        {props.hint && <p class="soft">{props.hint}</p>}
        {props.fields.map((field) => (
          <Field
            key={field.name}
            label={field.label}
            value={text(field)}
            most={field.most}
            {...(field.lines ? { lines: field.lines } : {})}
            onChange={(value) => set_typed({ ...typed, [field.name]: value })}
          />
        ))}
        {recording.failed !== null && (
          <Banner tone="bad" icon="alert">
            {failure(recording.failed)}
          </Banner>
        )}
        <SaveButton lacks={names && t('lacks', { what: names.toLowerCase() })} running={recording.running}>
          {t('save')}
        </SaveButton>
      </form>
    </Sheet>
  )
}
