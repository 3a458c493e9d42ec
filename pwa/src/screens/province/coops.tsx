import { useState } from 'preact/hooks'
import { t as say, t_code } from '../../messages/people.ts'
import { t } from '../../messages/staff.ts'
import type { StaffCoop } from '../../state/staff.ts'
import { Button } from '../../ui/button.tsx'
import { type Fetched, Shown } from '../office/fetched.tsx'
import { RowButton } from '../office/row-button.tsx'
import { type Column, Table } from '../office/table.tsx'
import { ago } from '../office/words.ts'
import { CoopSheet } from './coop-sheet.tsx'

/** The co-operatives of the province; an admin makes and edits them. */
export function Coops({ fetched }: { fetched: Fetched<StaffCoop[]> }) {
  const [edited, set_edited] = useState<StaffCoop | 'new' | null>(null)
  return (
    <>
      <Button kind="main" icon="plus" onClick={() => set_edited('new')}>
        {say('add_coop')}
      </Button>
      <Shown fetched={fetched}>
        {(coops) => (
          <Table label={t('coops')} columns={columns(set_edited)} rows={coops} row_key={({ id }) => id} />
        )}
      </Shown>
      {edited && (
        <CoopSheet
          coop={edited === 'new' ? null : edited}
          onDone={() => {
            set_edited(null)
            fetched.again()
          }}
          onClose={() => set_edited(null)}
        />
      )}
    </>
  )
}

const columns = (edit: (coop: StaffCoop) => void): Column<StaffCoop>[] => [
  { label: t('name'), kind: 'main', cell: ({ name }) => name },
  { label: say('kind'), cell: ({ kind }) => t_code('kind', kind) ?? kind },
  { label: say('tax_code'), cell: ({ tax_code }) => tax_code ?? '–' },
  {
    label: t('commune'),
    cell: ({ commune_name, province_name }) =>
      [commune_name, province_name].filter(Boolean).join(', ') || '–',
  },
  { label: t('members'), cell: ({ members }) => members },
  { label: t('reviews'), cell: ({ open_reviews }) => open_reviews },
  { label: t('last_sync'), cell: ({ last_sync_at }) => ago(last_sync_at) },
  {
    label: say('edit'),
    kind: 'actions',
    cell: (coop) => (
      <RowButton
        icon="pencil"
        label={say('edit_of', { name: coop.name })}
        words={say('edit')}
        onClick={() => edit(coop)}
      />
    ),
  },
]
