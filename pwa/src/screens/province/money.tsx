import '../../styles/money.css'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../messages/money_staff.ts'
import { t as t_staff } from '../../messages/staff.ts'
import { fetch_report, type MoneyReport, type Report, type ReportRow } from '../../state/reports.ts'
import { Empty } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { amount, date, date_time, money } from '../../ui/format.ts'
import { Money } from '../../ui/money.tsx'
import { ExportButton } from '../office/export-button.tsx'
import { Shown, useFetched } from '../office/fetched.tsx'
import { type Column, Table } from '../office/table.tsx'

const ROWS = 60

/** What every co-operative sold, paid and owes by now, and the months that their members can read. */
export default function ProvinceMoney({ coop, pick }: { coop: string; pick: ComponentChildren }) {
  return (
    <>
      <div class="filters">{pick}</div>
      <Part
        name="money_by_coop"
        label={t('of_coops')}
        coop={coop}
        columns={COOPS}
        empty={t('no_coops')}
        sums
      />
      <h2>{t('months')}</h2>
      <p class="soft">{t('months_why')}</p>
      <Part name="money_by_month" label={t('months')} coop={coop} columns={MONTHS} empty={t('months_none')} />
    </>
  )
}

function Part(props: {
  name: MoneyReport
  label: string
  coop: string
  columns: (several: boolean) => Column<ReportRow>[]
  empty: string
  sums?: boolean
}) {
  const { name, coop } = props
  const fetched = useFetched(async () => (await fetch_report(name, { coop })).answer, coop)
  const [all, set_all] = useState(false)
  return (
    <Shown fetched={fetched}>
      {({ rows, columns }) =>
        rows.length === 0 ? (
          <Empty icon="cash">{props.empty}</Empty>
        ) : (
          <section class="stack" aria-label={props.label}>
            {props.sums && <Sums rows={rows} />}
            <Table
              label={props.label}
              columns={props.columns(names_coops(columns))}
              rows={all ? rows : rows.slice(0, ROWS)}
              row_key={(row) => String(rows.indexOf(row))}
            />
            {!all && rows.length > ROWS && (
              <Button onClick={() => set_all(true)}>{t_staff('more_rows')}</Button>
            )}
            <ExportButton asked={{ what: name, coop }} />
          </section>
        )
      }
    </Shown>
  )
}

/** Whose it is stands there where several are seen. */
const names_coops = (columns: Report['columns']) => columns.some(({ field }) => field === 'coop_name')

function Sums({ rows }: { rows: readonly ReportRow[] }) {
  const sum = (field: string) => money(rows.reduce((vnd, row) => vnd + Number(row[field]), 0))
  return (
    <p class="total-line">
      {t('sums', { sold: sum('sold_vnd'), paid: sum('paid_vnd'), owed: sum('owed_vnd') })}
    </p>
  )
}

const vnd = (label: string, field: string): Column<ReportRow> => ({
  label,
  cell: (row) => <Money vnd={Number(row[field])} />,
})
const OWED = (): Column<ReportRow> => ({ ...vnd(t('owed'), 'owed_vnd'), kind: 'number' })
const coop_name = (row: ReportRow) => row.coop_name
const month_words = (month: string) => month.split('-').map(Number).reverse().join('/')

const COOPS = (several: boolean): Column<ReportRow>[] => [
  several
    ? { label: t_staff('coop'), kind: 'main', cell: coop_name }
    : { label: t('season'), kind: 'main', cell: period_words },
  OWED(),
  ...(several ? [{ label: t('season'), cell: period_words }] : []),
  vnd(t('sold'), 'sold_vnd'),
  vnd(t('given'), 'paid_vnd'),
  vnd(t('on_credit'), 'on_credit_vnd'),
  {
    label: t('last_public'),
    cell: ({ last_month }) => (last_month ? month_words(String(last_month)) : t('never_public')),
  },
]

/** The season's name, else from when it is counted. */
function period_words({ season_name, since_on }: ReportRow): string {
  if (season_name) return String(season_name)
  return since_on ? t('since_day', { day: date(String(since_on)) }) : t('since_ever')
}

const MONTHS = (several: boolean): Column<ReportRow>[] => [
  { label: t('month'), kind: 'main', cell: ({ month }) => month_words(String(month)) },
  OWED(),
  ...(several ? [{ label: t_staff('coop'), cell: coop_name }] : []),
  vnd(t('sold'), 'sold_vnd'),
  vnd(t('given'), 'paid_vnd'),
  vnd(t('on_credit'), 'on_credit_vnd'),
  { label: t_staff('members'), cell: ({ members }) => amount(Number(members)) },
  { label: t('published_at'), cell: ({ made_at }) => date_time(String(made_at)) },
]
