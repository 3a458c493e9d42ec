import { useState } from 'preact/hooks'
import { t as t_member } from '../../messages/screens.ts'
import { t } from '../../messages/staff.ts'
import { judge_listing, type ListingView, listings } from '../../state/index.ts'
import { Empty } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { finds } from '../../ui/fold.ts'
import { money, quantity } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Picks } from '../../ui/picks.tsx'
import { href } from '../../ui/router.ts'
import { ShowAll } from '../../ui/show-all.tsx'
import { EditSheet } from '../edit-sheet.tsx'
import { Failed } from '../failed.tsx'
import { useRecording } from '../recording.ts'
import { owner_name } from '../selling-for.tsx'
import { Filters } from './filters.tsx'
import { type Column, Table } from './table.tsx'

/** What members offer: the manager approves it, or says why not. Recorded like everything else, also offline. */
export function Listings() {
  const [query, set_query] = useState('')
  const [which, set_which] = useState<'waiting' | 'all'>('waiting')
  const [refusing, set_refusing] = useState<ListingView | null>(null)
  const recording = useRecording()
  const rows = listings.value.filter(
    (listing) =>
      (which === 'all' || (listing.approval === null && listing.status === 'offered')) &&
      finds(`${listing.product_name} ${owner_name(listing.member_id)}`, query),
  )
  const approve = ({ id }: ListingView) => recording.run(() => judge_listing(id, 'approved', ''))
  const show_all = () => {
    set_query('')
    set_which('all')
  }
  return (
    <>
      <Filters label={t('search_listings')} query={query} onQuery={set_query}>
        <Picks
          label={t('approval')}
          hide_label
          picks={[
            { value: 'waiting', label: t('only_waiting') },
            { value: 'all', label: t('all') },
          ]}
          value={which}
          onChange={set_which}
        />
      </Filters>
      <Failed error={recording.failed} />
      {rows.length === 0 ? (
        <Empty icon={query ? 'search' : 'check'} action={<ShowAll onClick={show_all} />}>
          {t(query || which === 'all' ? 'none_found' : 'all_approved')}
        </Empty>
      ) : (
        <Table
          label={t('listings')}
          columns={columns(approve, set_refusing)}
          rows={rows}
          row_key={({ id }) => id}
          row_class={({ status }) => (status === 'withdrawn' ? 'gone' : '')}
        />
      )}
      {refusing && (
        <EditSheet
          title={`${t('refuse')}: ${refusing.product_name}`}
          hint={t('refuse_why')}
          fields={[{ name: 'note', label: t('refuse_note'), value: '', required: true, lines: 3 }]}
          onSave={({ note = '' }) => judge_listing(refusing.id, 'refused', note)}
          onClose={() => set_refusing(null)}
        />
      )}
    </>
  )
}

const columns = (
  approve: (listing: ListingView) => void,
  refuse: (listing: ListingView) => void,
): Column<ListingView>[] => [
  {
    label: t('goods'),
    kind: 'main',
    cell: ({ id, product_name }) => <a href={href('goods', id)}>{product_name}</a>,
  },
  {
    label: t('price'),
    kind: 'number',
    cell: ({ price_vnd, unit }) => (
      <span class="money">
        {money(price_vnd)}/{unit}
      </span>
    ),
  },
  { label: t('seller'), cell: ({ member_id }) => owner_name(member_id) },
  {
    label: t('left'),
    cell: ({ left_milli, unit }) => (
      <span class={left_milli > 0 ? '' : 'line bad'}>
        {left_milli <= 0 && <Icon name="alert" />}
        {quantity(left_milli)} {unit}
      </span>
    ),
  },
  {
    label: t('approval'),
    cell: ({ approval, approval_note, status }) => (
      <>
        <b class={approval === 'approved' ? 'good' : approval === 'refused' ? 'bad' : 'warn'}>
          {t(approval ?? 'waiting')}
        </b>
        {approval_note && <small> · {approval_note}</small>}
        {status === 'withdrawn' && <small> · {t_member('withdrawn')}</small>}
      </>
    ),
  },
  {
    label: `${t('approve')}, ${t('refuse')}`,
    kind: 'actions',
    cell: (listing) => (
      <div class="acts">
        {listing.approval !== 'approved' && (
          <Button icon="check" onClick={() => approve(listing)}>
            {t('approve')}
          </Button>
        )}
        {listing.approval !== 'refused' && (
          <Button icon="close" onClick={() => refuse(listing)}>
            {t('refuse')}
          </Button>
        )}
      </div>
    ),
  },
]
