import { useState } from 'preact/hooks'
import { t } from '../../messages/people.ts'
import type { StaffCoop } from '../../state/staff.ts'
import { fetch_accounts, type StaffAccount } from '../../state/staff_people.ts'
import { Button } from '../../ui/button.tsx'
import { href } from '../../ui/router.ts'
import { EnrolmentSheet } from '../office/enrolment.tsx'
import { Shown, useFetched } from '../office/fetched.tsx'
import { Filters, SelectField } from '../office/filters.tsx'
import { NoneFound } from '../office/none-found.tsx'
import { PageButtons, usePages } from '../office/pages.tsx'
import { RowButton } from '../office/row-button.tsx'
import { useSettled } from '../office/settled.ts'
import { type Column, Table } from '../office/table.tsx'
import { ago } from '../office/words.ts'
import { AccountSheet } from './account-sheet.tsx'

const PAGE = 50
const ROLES = ['member', 'manager', 'admin'] as const
type Open = { what: 'edit' | 'code'; account: StaffAccount } | { what: 'new' }

/** Everybody who may sign in, found by name, number or code. */
export function Accounts({ coops }: { coops: readonly StaffCoop[] }) {
  const [query, set_query] = useState('')
  const asked = useSettled(query)
  const [coop, set_coop] = useState('')
  const [role, set_role] = useState('')
  const [open, set_open] = useState<Open | null>(null)
  const filter = `${asked} ${coop} ${role}`
  const pages = usePages(filter)
  const { after } = pages
  const fetched = useFetched(
    () => fetch_accounts({ q: asked, coop, role, limit: PAGE, after }),
    `${filter} ${after}`,
  )
  const show_all = () => {
    set_query('')
    set_coop('')
    set_role('')
  }
  const done = () => {
    set_open(null)
    fetched.again()
  }
  return (
    <>
      <Button kind="main" icon="plus" onClick={() => set_open({ what: 'new' })}>
        {t('add_account')}
      </Button>
      <Filters label={t('search_accounts')} query={query} onQuery={set_query}>
        <SelectField
          label={t('coop')}
          value={coop}
          options={[
            { value: '', label: t('all') },
            ...coops.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={set_coop}
        />
        <SelectField
          label={t('role')}
          value={role}
          options={[
            { value: '', label: t('all') },
            ...ROLES.map((value) => ({ value, label: t(`role_${value}`) })),
          ]}
          onChange={set_role}
        />
      </Filters>
      <Shown fetched={fetched}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? (
              <NoneFound onAll={show_all} />
            ) : (
              <Table
                label={t('accounts')}
                columns={columns(set_open)}
                rows={items}
                row_key={({ id }) => id}
                row_class={({ status }) => (status === 'active' ? '' : 'gone')}
              />
            )}
            <PageButtons pages={pages} next={next} />
          </>
        )}
      </Shown>
      {open?.what === 'code' && (
        <EnrolmentSheet
          member={{ id: open.account.id, name: open.account.name, state: 'coop' }}
          phones={open.account.phones}
          onClose={done}
        />
      )}
      {(open?.what === 'new' || open?.what === 'edit') && (
        <AccountSheet
          account={open.what === 'edit' ? open.account : null}
          coops={coops}
          onDone={(made) => (made ? set_open({ what: 'code', account: made }) : done())}
          onClose={() => set_open(null)}
        />
      )}
    </>
  )
}

const columns = (open: (what: Open) => void): Column<StaffAccount>[] => [
  {
    label: t('name'),
    kind: 'main',
    cell: ({ id, name, role }) =>
      role === 'admin' ? name : <a href={href('coops', 'accounts', id)}>{name}</a>,
  },
  { label: t('role'), cell: ({ role }) => t(`role_${role}`) },
  { label: t('coop'), cell: ({ coop_name }) => coop_name ?? '–' },
  { label: t('phone_number'), cell: ({ phone }) => phone ?? '–' },
  { label: t('member_code'), cell: ({ member_code }) => member_code },
  { label: t('status'), cell: ({ status }) => t(`status_${status}`) },
  { label: t('last_sync'), cell: ({ role, last_sync_at }) => (role === 'admin' ? '–' : ago(last_sync_at)) },
  {
    label: t('actions'),
    kind: 'actions',
    cell: (account) => (
      <span class="acts">
        <RowButton
          icon="pencil"
          label={t('edit_of', { name: account.name })}
          words={t('edit')}
          onClick={() => open({ what: 'edit', account })}
        />
        {account.status === 'active' && (
          <RowButton
            icon="key"
            label={t('code_of', { name: account.name })}
            words={t('code')}
            onClick={() => open({ what: 'code', account })}
          />
        )}
      </span>
    ),
  },
]
