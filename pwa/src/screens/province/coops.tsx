import { t } from '../../messages/staff.ts'
import type { StaffCoop } from '../../state/staff.ts'
import { type Fetched, Shown } from '../office/fetched.tsx'
import { type Column, Table } from '../office/table.tsx'
import { ago } from '../office/words.ts'

export const Coops = ({ fetched }: { fetched: Fetched<StaffCoop[]> }) => (
  <Shown fetched={fetched}>
    {(coops) => <Table label={t('coops')} columns={columns()} rows={coops} row_key={({ id }) => id} />}
  </Shown>
)

const columns = (): Column<StaffCoop>[] => [
  { label: t('name'), kind: 'main', cell: ({ name }) => name },
  {
    label: t('commune'),
    cell: ({ commune_name, province_name }) =>
      [commune_name, province_name].filter(Boolean).join(', ') || '–',
  },
  { label: t('members'), cell: ({ members }) => members },
  { label: t('reviews'), cell: ({ open_reviews }) => open_reviews },
  { label: t('last_sync'), cell: ({ last_sync_at }) => ago(last_sync_at) },
]
