import { useState } from 'preact/hooks'
import { t } from '../../messages/people.ts'
import type { StaffCoop } from '../../state/staff.ts'
import {
  type AccountChange,
  change_account,
  create_account,
  type StaffAccount,
} from '../../state/staff_people.ts'
import { Field } from '../../ui/field.tsx'
import { AskSheet } from '../office/ask-sheet.tsx'
import { SelectField } from '../office/filters.tsx'

/** A new account, whose code comes next, or one that is edited: name, number, role, co-operative, disabled or not. */
export function AccountSheet(props: {
  account: StaffAccount | null
  coops: readonly StaffCoop[]
  /** With the account that was made; null: it was edited. */
  onDone: (made: StaffAccount | null) => void
  onClose: () => void
}) {
  const { account, coops } = props
  const [name, set_name] = useState(account?.name ?? '')
  const [phone, set_phone] = useState(account?.phone ?? '')
  const [role, set_role] = useState<string>(account?.role ?? 'manager')
  const [status, set_status] = useState<string>(account?.status ?? 'active')
  const [coop_id, set_coop_id] = useState(account?.coop_id ?? coops[0]?.id ?? '')
  const of_coop = role === 'admin' ? null : coop_id
  const clean_name = name.trim().normalize('NFC')
  const work = async () => {
    if (!account) return create_account({ name: clean_name, role, coop_id: of_coop, phone })
    await change_account(account.id, changes_of(account, clean_name, phone, role, status, of_coop))
    return null
  }
  return (
    <AskSheet
      title={account ? t('edit_of', { name: account.name }) : t('add_account')}
      action={t(account ? 'save' : 'create')}
      icon="check"
      {...(clean_name ? {} : { lacks: t('lacks', { what: t('name').toLowerCase() }) })}
      work={work}
      onDone={props.onDone}
      onClose={props.onClose}
    >
      <Field label={t('name')} value={name} onChange={set_name} />
      <Field
        label={t('phone_number')}
        value={phone}
        onChange={set_phone}
        most={20}
        input={{ inputMode: 'tel', autoComplete: 'off' }}
      />
      <SelectField
        label={t('role')}
        value={role}
        options={(['member', 'manager', 'admin'] as const).map((value) => ({
          value,
          label: t(`role_${value}`),
        }))}
        onChange={set_role}
      />
      {role !== 'admin' && (
        <SelectField
          label={t('coop')}
          value={coop_id}
          options={coops.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={set_coop_id}
        />
      )}
      {account && (
        <SelectField
          label={t('status')}
          value={status}
          options={(['active', 'disabled'] as const).map((value) => ({ value, label: t(`status_${value}`) }))}
          onChange={set_status}
        />
      )}
      {account && status === 'disabled' && account.status === 'active' && <p>{t('disable_why')}</p>}
    </AskSheet>
  )
}

/** Only what is another than it was. */
function changes_of(
  account: StaffAccount,
  name: string,
  phone: string,
  role: string,
  status: string,
  coop_id: string | null,
): AccountChange {
  return {
    ...(name !== account.name && { name }),
    ...(phone !== (account.phone ?? '') && { phone }),
    ...(role !== account.role && { role }),
    ...(status !== account.status && { status }),
    ...(coop_id !== null && coop_id !== account.coop_id && { coop_id }),
  }
}
