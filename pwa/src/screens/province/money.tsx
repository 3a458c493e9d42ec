import '../../styles/money.css'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../messages/money_staff.ts'
import { t as t_reports } from '../../messages/reports.ts'
import { t as t_staff } from '../../messages/staff.ts'
import { fetch_report, type MoneyReport, type ReportRow } from '../../state/reports.ts'
import { Button } from '../../ui/button.tsx'
import { amount, date, date_time } from '../../ui/format.ts'
import { Money } from '../../ui/money.tsx'
import { ExportButton } from '../office/export-button.tsx'
import { Shown, useFetched } from '../office/fetched.tsx'
import { type Column, Table } from '../office/table.tsx'
import { Part, Sums } from '../sums.tsx'

const ROWS = 60

/** What every co-operative sold, paid and owes by now, and the months that their members can read. */
export default function ProvinceMoney({ coop, pick }: { coop: string; pick: ComponentChildren }) {
  return (
    <>
      <div class="filters">{pick}</div>
      <Rows name="money_by_coop" coop={coop} label={t('of_coops')} columns={COOPS} none={t('no_coops')} />
      <Part title={t('months')}>
        <p class="soft">{t('months_why')}</p>
        <Rows
          name="money_by_month"
          coop={coop}
          label={t('months')}
          columns={MONTHS}
          none={t('months_none')}
        />
      </Part>
    </>
  )
}

function Rows(props: {
  name: MoneyReport
  coop: string
  label: string
  columns: (several: boolean) => Column<ReportRow>[]
  none: string
}) {
  const { name, coop } = props
  const fetched = useFetched(async () => (await fetch_report(name, { coop })).answer.rows, coop)
  const [all, set_all] = useState(false)
  return (
    <Shown fetched={fetched}>
      {(rows) =>
        rows.length === 0 ? (
          <p>{props.none}</p>
        ) : (
          <>
            {name === 'money_by_coop' && rows.length > 1 && <Together rows={rows} />}
            <Table
              label={props.label}
              columns={props.columns(coop === '')}
              rows={all ? rows : rows.slice(0, ROWS)}
              row_key={(row) => String(rows.indexOf(row))}
            />
            {!all && rows.length > ROWS && (
              <Button onClick={() => set_all(true)}>{t_staff('more_rows')}</Button>
            )}
            <div class="tools">
              <ExportButton
                asked={{ what: name, coop }}
                label={t_reports('download_what', { what: props.label })}
              />
            </div>
          </>
        )
      }
    </Shown>
  )
}

const SUMS = [
  ['owed', 'owed_vnd'],
  ['sold', 'sold_vnd'],
  ['given', 'paid_vnd'],
  ['on_credit', 'on_credit_vnd'],
] as const

/** Of all co-operatives. */
const Together = ({ rows }: { rows: readonly ReportRow[] }) => (
  <section class="card" aria-label={t('together')}>
    <Sums
      many
      lines={SUMS.map(([label, field]) => [t(label), rows.reduce((vnd, row) => vnd + Number(row[field]), 0)])}
    />
  </section>
)

const money_columns = (): Column<ReportRow>[] =>
  SUMS.map(([label, field]) => ({
    label: t(label),
    cell: (row) => {
      const shown = <Money vnd={Number(row[field])} />
      return field === 'owed_vnd' ? <b>{shown}</b> : shown
    },
  }))

const COOPS = (several: boolean): Column<ReportRow>[] => [
  ...(several ? [{ label: t_staff('coop'), kind: 'main' as const, cell: coop_name }] : []),
  { label: t('season'), cell: period_words, ...(several ? {} : { kind: 'main' }) },
  ...money_columns(),
  {
    label: t('last_public'),
    cell: ({ last_month }) => (last_month ? month_words(String(last_month)) : t('never_public')),
  },
]

const MONTHS = (several: boolean): Column<ReportRow>[] => [
  { label: t('month'), kind: 'main', cell: ({ month }) => month_words(String(month)) },
  ...(several ? [{ label: t_staff('coop'), cell: coop_name }] : []),
  ...money_columns(),
  { label: t_staff('members'), cell: ({ members }) => amount(Number(members)) },
  { label: t('published_at'), cell: ({ made_at }) => date_time(String(made_at)) },
]

function coop_name({ coop_name }: ReportRow) {
  return coop_name
}

const month_words = (month: string): string => month.split('-').map(Number).reverse().join('/')

/** The season's name, else from when it is counted. */
function period_words({ season_name, since_on }: ReportRow): string {
  if (season_name) return String(season_name)
  return since_on ? t('since_day', { day: date(String(since_on)) }) : t('since_ever')
}
