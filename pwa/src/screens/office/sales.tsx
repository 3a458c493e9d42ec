import { useEffect, useState } from 'preact/hooks'
import { t as t_member } from '../../messages/screens.ts'
import { t } from '../../messages/staff.ts'
import { open_book, type SaleView } from '../../state/index.ts'
import { Button } from '../../ui/button.tsx'
import { finds } from '../../ui/fold.ts'
import { date_time, money, quantity } from '../../ui/format.ts'
import { Mark } from '../../ui/mark.tsx'
import { href } from '../../ui/router.ts'
import { owner_name } from '../selling-for.tsx'
import { useWatch } from '../watching.ts'
import { ExportButton } from './export-button.tsx'
import { ALL_DAYS, DayFields, Filters } from './filters.tsx'
import { NoneFound } from './none-found.tsx'
import { type Column, Table } from './table.tsx'
import { this_day } from './words.ts'

const ROWS = 100

const text_of = (sale: SaleView): string =>
  `${sale.product_name} ${sale.buyer_name} ${sale.note} ${owner_name(sale.member_id)}`

/** All sales of the co-operative, from this phone: they are here without a connection too. */
export function Sales() {
  const [query, set_query] = useState('')
  const [days, set_days] = useState({ since: `${this_day().slice(0, 8)}01`, until: '' })
  const [shown, set_shown] = useState(ROWS)
  const key = `${query} ${days.since} ${days.until}`
  const book = useWatch(
    () =>
      open_book({
        ...(query ? { matches: (sale: SaleView) => finds(text_of(sale), query) } : {}),
        ...(days.since ? { since: days.since } : {}),
        ...(days.until ? { until: days.until } : {}),
      }),
    key,
  )
  const read = book.value.value
  const more = book.more.value
  // The total is of all that is found, so all of it is read; the table grows on request only.
  useEffect(() => {
    if (read && more) void book.load_more()
  }, [read, more, book])
  useEffect(() => set_shown(ROWS), [key])
  const sales = read?.flatMap((day) => day.sales) ?? []
  const count = read?.reduce((sum, day) => sum + day.count, 0) ?? 0
  const total_vnd = read?.reduce((sum, day) => sum + day.total_vnd, 0) ?? 0
  return (
    <>
      <Filters label={t('search_own_sales')} query={query} onQuery={set_query}>
        <DayFields days={days} onChange={set_days} />
      </Filters>
      <ExportButton asked={{ what: 'sales', q: query, ...days }} />
      <p class="total-line" aria-live="polite">
        {read === undefined || more ? t('adding_up') : t('total', { n: count, amount: money(total_vnd) })}
      </p>
      {read && sales.length === 0 && (
        <NoneFound
          onAll={() => {
            set_query('')
            set_days(ALL_DAYS)
          }}
        />
      )}
      {sales.length > 0 && (
        <Table
          label={t('sales')}
          columns={columns()}
          rows={sales.slice(0, shown)}
          row_key={({ id }) => id}
          row_class={({ counts }) => (counts ? '' : 'gone')}
        />
      )}
      {sales.length > shown && <Button onClick={() => set_shown(shown + ROWS)}>{t('more_rows')}</Button>}
    </>
  )
}

const columns = (): Column<SaleView>[] => [
  {
    label: t('goods'),
    kind: 'main',
    cell: ({ id, product_name }) => <a href={href('book', id)}>{product_name}</a>,
  },
  {
    label: t('total_vnd'),
    kind: 'number',
    cell: ({ total_vnd }) => <span class="money">{money(total_vnd)}</span>,
  },
  { label: t('amount'), cell: ({ quantity_milli, unit }) => `${quantity(quantity_milli)} ${unit}` },
  { label: t('sold_at'), cell: ({ sold_at }) => date_time(sold_at) },
  { label: t('seller'), cell: ({ member_id }) => owner_name(member_id) },
  { label: t('payment'), cell: ({ payment }) => t_member(`payment_${payment}`) },
  {
    label: t('state'),
    cell: ({ voided, state }) => (
      <>
        {voided && <b class="bad">{t('voided')} </b>}
        <Mark state={state} />
      </>
    ),
  },
]
