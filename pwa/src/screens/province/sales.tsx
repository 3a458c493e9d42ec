import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t as t_member } from '../../messages/screens.ts'
import { t } from '../../messages/staff.ts'
import { fetch_sales, type StaffSale } from '../../state/staff.ts'
import { date_time, money, quantity } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { href } from '../../ui/router.ts'
import { ExportButton } from '../office/export-button.tsx'
import { Shown, useFetched } from '../office/fetched.tsx'
import { ALL_DAYS, DayFields, Filters } from '../office/filters.tsx'
import { NoneFound } from '../office/none-found.tsx'
import { PageButtons, usePages } from '../office/pages.tsx'
import { useSettled } from '../office/settled.ts'
import { type Column, Table } from '../office/table.tsx'

const PAGE = 50

/** The merged sales of all co-operatives, a page at a time; the total is of everything that matches. */
export function MergedSales(props: {
  coop: string
  pick: ComponentChildren
  coop_name: (id: string) => string
}) {
  const { coop } = props
  const [query, set_query] = useState('')
  const asked = useSettled(query)
  const [days, set_days] = useState(ALL_DAYS)
  const filter = `${asked} ${days.since} ${days.until} ${coop}`
  const pages = usePages(filter)
  const asked_for = { q: asked, since: days.since, until: days.until, coop }
  const { after } = pages
  const page = useFetched(() => fetch_sales({ ...asked_for, limit: PAGE, after }), `${filter} ${after}`)
  const first = useFetched(() => fetch_sales({ ...asked_for, limit: 1 }), filter)
  const totals = first.value?.totals
  return (
    <>
      <Filters label={t('search_sales')} query={query} onQuery={set_query}>
        {props.pick}
        <DayFields days={days} onChange={set_days} />
      </Filters>
      <ExportButton asked={{ what: 'sales', q: asked, ...days, coop }} />
      <p class="total-line" aria-live="polite">
        {totals
          ? t('total', { n: totals.count, amount: money(totals.total_vnd) })
          : !first.failed && t('adding_up')}
      </p>
      <Shown fetched={page}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? (
              <NoneFound
                onAll={() => {
                  set_query('')
                  set_days(ALL_DAYS)
                }}
              />
            ) : (
              <Table
                label={t('sales')}
                columns={columns(props.coop_name)}
                rows={items}
                row_key={({ id, coop_id }) => coop_id + id}
                row_class={({ counts }) => (counts ? '' : 'gone')}
              />
            )}
            <PageButtons pages={pages} next={next} />
          </>
        )}
      </Shown>
    </>
  )
}

const columns = (coop_name: (id: string) => string): Column<StaffSale>[] => [
  {
    label: t('goods'),
    kind: 'main',
    cell: ({ id, coop_id, product_name }) => (
      <a href={href('history', 'sale', id, coop_id)}>{product_name}</a>
    ),
  },
  {
    label: t('total_vnd'),
    kind: 'number',
    cell: ({ total_vnd }) => <span class="money">{money(total_vnd)}</span>,
  },
  { label: t('amount'), cell: ({ quantity_milli, unit }) => `${quantity(quantity_milli)} ${unit}` },
  { label: t('price'), cell: ({ unit_price_vnd, unit }) => `${money(unit_price_vnd)}/${unit}` },
  { label: t('sold_at'), cell: ({ sold_at }) => date_time(sold_at) },
  { label: t('coop'), cell: ({ coop_id }) => coop_name(coop_id) },
  { label: t('seller'), cell: ({ member_name }) => member_name ?? t('coop_own') },
  { label: t('payment'), cell: ({ payment }) => t_member(`payment_${payment}`) },
  { label: t('state'), cell: (sale) => <State {...sale} /> },
]

const State = ({ voided, counts, open_reviews }: StaffSale) =>
  voided ? (
    <span class="line bad">
      <Icon name="void" />
      {t('voided')}
    </span>
  ) : open_reviews > 0 ? (
    <span class="line warn">
      <Icon name="eye" />
      {t('looked_at')}
    </span>
  ) : (
    <span class={counts ? 'line good' : 'line'}>
      <Icon name={counts ? 'check' : 'double'} />
      {t(counts ? 'fine' : 'counts_not')}
    </span>
  )
