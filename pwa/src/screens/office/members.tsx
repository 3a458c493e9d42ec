import { useState } from 'preact/hooks'
import { t } from '../../messages/staff.ts'
import { add_member, type MemberView, members } from '../../state/index.ts'
import type { StaffMember } from '../../state/staff.ts'
import { fetch_members } from '../../state/staff_people.ts'
import { Banner, Empty } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { finds } from '../../ui/fold.ts'
import { Icon } from '../../ui/icon.tsx'
import { href } from '../../ui/router.ts'
import { EditSheet } from '../edit-sheet.tsx'
import { EnrolmentSheet } from './enrolment.tsx'
import { KeptFrom, useFetched } from './fetched.tsx'
import { Filters } from './filters.tsx'
import { NoneFound } from './none-found.tsx'
import { RowButton } from './row-button.tsx'
import { type Column, Table } from './table.tsx'
import { ago, days_ago } from './words.ts'

const LONG_DAYS = 7

type Row = MemberView & { seen: StaffMember | undefined }

const silence = ({ seen }: Row): number =>
  seen?.last_sync_at ? days_ago(seen.last_sync_at) : Number.POSITIVE_INFINITY

/** The members, who has been silent longest first. The list is on this phone; when they last sent needs a connection. */
export function Members() {
  const [query, set_query] = useState('')
  const [adding, set_adding] = useState(false)
  const [inviting, set_inviting] = useState('')
  const fetched = useFetched(fetch_members, '')
  const seen = new Map(fetched.value?.answer.map((member) => [member.id, member]))
  const rows = members.value
    .filter(({ name, called, village }) => finds(`${name} ${called} ${village}`, query))
    .map((member): Row => ({ ...member, seen: seen.get(member.id) }))
    .sort(
      (a, b) =>
        Number(b.active) - Number(a.active) || silence(b) - silence(a) || a.name.localeCompare(b.name, 'vi'),
    )
  const invited = members.value.find(({ id }) => id === inviting)
  return (
    <>
      <Button kind="main" icon="plus" onClick={() => set_adding(true)}>
        {t('add_member')}
      </Button>
      <Filters label={t('search_members')} query={query} onQuery={set_query} />
      <KeptFrom kept_at_ms={fetched.value?.kept_at_ms ?? null} />
      {fetched.failed && (
        <Banner tone="warn" icon="offline">
          {t('sync_offline')}
        </Banner>
      )}
      {members.value.length === 0 ? (
        <Empty icon="people">{t('members_none')}</Empty>
      ) : rows.length === 0 ? (
        <NoneFound onAll={() => set_query('')} />
      ) : (
        <Table
          label={t('members')}
          columns={columns(fetched.value !== null, set_inviting)}
          rows={rows}
          row_key={({ id }) => id}
          row_class={({ active }) => (active ? '' : 'gone')}
        />
      )}
      {adding && <AddMember onAdded={set_inviting} onClose={() => set_adding(false)} />}
      {invited && (
        <EnrolmentSheet
          member={invited}
          phones={seen.get(invited.id)?.replicas ?? 0}
          onClose={() => {
            set_inviting('')
            fetched.again()
          }}
        />
      )}
    </>
  )
}

/** A new member's record; the code that lets the person in comes next. */
const AddMember = ({ onAdded, onClose }: { onAdded: (id: string) => void; onClose: () => void }) => (
  <EditSheet
    title={t('add_member')}
    fields={[
      { name: 'name', label: t('full_name'), value: '', required: true },
      { name: 'called', label: t('called'), value: '' },
      { name: 'village', label: t('village'), value: '' },
    ]}
    onSave={async ({ name = '', ...rest }) => onAdded(await add_member({ name, ...rest }))}
    onClose={onClose}
  />
)

const columns = (known: boolean, invite: (id: string) => void): Column<Row>[] => [
  {
    label: t('name'),
    kind: 'main',
    cell: ({ id, name, active }) => (
      <>
        <a href={href('office', 'members', id)}>{name}</a>{' '}
        {!active && <small class="soft">· {t('inactive')}</small>}
      </>
    ),
  },
  { label: t('village'), cell: ({ village }) => village || '–' },
  {
    label: t('last_sync'),
    cell: (row) =>
      known ? (
        <span class={silence(row) > LONG_DAYS ? 'line warn' : 'line'}>
          {silence(row) > LONG_DAYS && <Icon name="alert" />}
          {ago(row.seen?.last_sync_at ?? null)}
        </span>
      ) : (
        '–'
      ),
  },
  { label: t('phones'), cell: ({ seen }) => (known ? (seen?.replicas ?? 0) : '–') },
  {
    label: t('invite'),
    kind: 'actions',
    cell: ({ id, name, active }) =>
      active && (
        <RowButton
          icon="key"
          label={t('invite_of', { name })}
          words={t('invite')}
          onClick={() => invite(id)}
        />
      ),
  },
]
