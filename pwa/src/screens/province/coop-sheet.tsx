import { useState } from 'preact/hooks'
import { t } from '../../messages/people.ts'
import type { StaffCoop } from '../../state/staff.ts'
import { change_coop, create_coop } from '../../state/staff_people.ts'
import { Field } from '../../ui/field.tsx'
import { AskSheet } from '../office/ask-sheet.tsx'
import { SelectField } from '../office/filters.tsx'
import { PlacePicker } from './place-picker.tsx'

const KINDS = ['cooperative', 'union', 'group', 'enterprise'] as const

/** A new co-operative, or one that is edited. */
export function CoopSheet(props: { coop: StaffCoop | null; onDone: () => void; onClose: () => void }) {
  const { coop } = props
  const [name, set_name] = useState(coop?.name ?? '')
  const [kind, set_kind] = useState(coop?.kind ?? 'cooperative')
  const [tax_code, set_tax_code] = useState(coop?.tax_code ?? '')
  const [commune_code, set_commune_code] = useState(coop?.commune_code ?? '')
  const missing = [...(name.trim() ? [] : [t('coop_name')]), ...(commune_code ? [] : [t('commune')])]
  const given = { name: name.trim().normalize('NFC'), kind, tax_code, commune_code }
  return (
    <AskSheet
      title={t(coop ? 'edit_coop' : 'add_coop')}
      action={t(coop ? 'save' : 'create')}
      icon="check"
      {...(missing.length ? { lacks: t('lacks', { what: missing.join(', ').toLowerCase() }) } : {})}
      work={() => (coop ? change_coop(coop.id, given) : create_coop(given))}
      onDone={props.onDone}
      onClose={props.onClose}
    >
      <Field label={t('coop_name')} value={name} onChange={set_name} />
      <SelectField
        label={t('kind')}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`kind_${value}`) }))}
        onChange={set_kind}
      />
      <PlacePicker
        chosen={coop ? `${coop.commune_name}, ${coop.province_name}` : ''}
        onChoose={({ code }) => set_commune_code(code)}
      />
      <Field
        label={t('tax_code')}
        hint={t('tax_code_hint')}
        value={tax_code}
        onChange={set_tax_code}
        most={20}
        input={{ inputMode: 'numeric' }}
      />
    </AskSheet>
  )
}
