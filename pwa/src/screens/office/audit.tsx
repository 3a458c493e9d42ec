import { useState } from 'preact/hooks'
import { t, t_code } from '../../messages/people.ts'
import { session } from '../../state/index.ts'
import { type AuditEntry, fetch_audit } from '../../state/staff_people.ts'
import { Empty } from '../../ui/banner.tsx'
import { date_time } from '../../ui/format.ts'
import { ShowAll } from '../../ui/show-all.tsx'
import { ShownKept, useFetched } from './fetched.tsx'
import { ALL_DAYS, DayFields, SelectField } from './filters.tsx'
import { PageButtons, usePages } from './pages.tsx'
import { type Column, Table } from './table.tsx'

const PAGE = 50

/** What staff did, the newest first. */
export function Audit({ coop }: { coop: string }) {
  const [days, set_days] = useState(ALL_DAYS)
  const [action, set_action] = useState('')
  const [actions, set_actions] = useState<string[]>([])
  const filter = `${coop} ${days.since} ${days.until} ${action}`
  const pages = usePages(filter)
  const { after } = pages
  const fetched = useFetched(async () => {
    const kept = await fetch_audit({ coop, ...days, action, limit: PAGE, after })
    if (kept.answer.actions.length > 0) set_actions(kept.answer.actions)
    return kept
  }, `${filter} ${after}`)
  const is_narrowed = action !== '' || days.since !== '' || days.until !== ''
  const show_all = () => {
    set_action('')
    set_days(ALL_DAYS)
  }
  return (
    <>
      <p class="soft">{t('audit_why')}</p>
      <div class="filters">
        <SelectField
          label={t('what')}
          value={action}
          options={[
            { value: '', label: t('all') },
            ...actions.map((value) => ({ value, label: action_words(value) })),
          ]}
          onChange={set_action}
        />
        <DayFields days={days} labels={{ since: t('since'), until: t('until') }} onChange={set_days} />
      </div>
      <ShownKept fetched={fetched}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? (
              <Empty icon="clock" action={is_narrowed && <ShowAll onClick={show_all} />}>
                {t('no_audit')}
              </Empty>
            ) : (
              <Table
                label={t('audit')}
                columns={columns(session.value?.user.role === 'admin')}
                rows={items}
                row_key={({ id, coop_id }) => `${coop_id} ${id}`}
              />
            )}
            <PageButtons pages={pages} next={next} />
          </>
        )}
      </ShownKept>
    </>
  )
}

/** What other parts do under their own names is shown by that name. */
export const action_words = (action: string): string =>
  t_code('action', action.replaceAll('.', '_')) ?? action.replace('.', ' · ').replaceAll('_', ' ')

const columns = (all_coops: boolean): Column<AuditEntry>[] => [
  { label: t('what'), kind: 'main', cell: ({ action }) => action_words(action) },
  {
    label: t('who'),
    cell: ({ account_name, role }) => `${account_name ?? '–'} · ${t_code('role', role) ?? role}`,
  },
  { label: t('on_whom'), cell: ({ subject_name }) => subject_name ?? '–' },
  ...(all_coops
    ? [{ label: t('coop'), cell: ({ coop_name }: AuditEntry) => coop_name ?? t('no_coop') }]
    : []),
  { label: t('at'), cell: ({ at }) => date_time(at) },
]
