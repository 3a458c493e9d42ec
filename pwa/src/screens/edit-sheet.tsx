import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { Field } from '../ui/field.tsx'
import { FormSheet } from './form-sheet.tsx'
import { useRecording } from './recording.ts'

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
  /** Why it was not saved, where it is not recorded on this phone. */
  words?: (error: unknown) => string
  onSave: (changes: Partial<Record<Name, string>>) => Promise<void>
  onClose: () => void
}) {
  const [typed, set_typed] = useState<Partial<Record<Name, string>>>({})
  const recording = useRecording()
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
    <FormSheet
      title={props.title}
      action={t('save')}
      lacks={names && t('lacks', { what: names.toLowerCase() })}
      doing={recording}
      words={props.words}
      work={save}
      onClose={props.onClose}
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
    </FormSheet>
  )
}
