import '../../styles/reports.css'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { t, t_code } from '../../messages/reports.ts'
import { session } from '../../state/index.ts'
import {
  fetch_report,
  type Report,
  type ReportColumn,
  type ReportName,
  type ReportRow,
} from '../../state/reports.ts'
import { Empty } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { days_later } from '../../ui/days.ts'
import { lazy } from '../../ui/lazy.tsx'
import { ShowAll } from '../../ui/show-all.tsx'
import { ExportButton } from './export-button.tsx'
import { ShownKept, useFetched } from './fetched.tsx'
import { ALL_DAYS, DayFields, type Days, SelectField } from './filters.tsx'
import { cell_words, reasons, shape_of, summary_of } from './reports-shape.ts'
import { type Column, Table } from './table.tsx'
import { this_day } from './words.ts'

const Plot = lazy(() => import('./reports-plot.tsx')).part((module) => module.default)

const NAMES: readonly ReportName[] = [
  'sales_by_day',
  'sales_by_month',
  'sales_by_goods',
  'sales_by_member',
  'sales_by_coop',
  'sales_by_province',
  'prices',
  'lateness',
  'waiting',
  'stopped',
]
const OF_ALL: readonly ReportName[] = ['sales_by_coop', 'sales_by_province']
/** What stands now, whatever the period. */
const OF_NOW: readonly ReportName[] = ['waiting', 'stopped']
const PERIOD_DAYS = 90
const ROWS = 60

/** One report at a time: its drawing, what that shows in words, its table and its file. */
export default function Reports({ coop = '', pick }: { coop?: string; pick?: ComponentChildren }) {
  const [name, set_name] = useState<ReportName>('sales_by_day')
  const [days, set_days] = useState<Days>({ since: days_later(this_day(), -PERIOD_DAYS), until: '' })
  const [goods, set_goods] = useState('')
  const is_admin = session.value?.user.role === 'admin'
  const [product_name = '', unit = ''] = goods.split('\t')
  const period = OF_NOW.includes(name) ? {} : days
  const asked = { coop, ...period, ...(name === 'prices' ? { goods: product_name, unit } : {}) }
  const is_narrowed = !OF_NOW.includes(name) && (days.since !== '' || days.until !== '')
  // With its name: while another report is awaited the last one stays.
  const fetch = async () => {
    const { answer, kept_at_ms } = await fetch_report(name, asked)
    return { answer: { of: name, report: answer }, kept_at_ms }
  }
  const fetched = useFetched(fetch, JSON.stringify([name, asked]))
  return (
    <>
      <div class="filters report-filters">
        {pick}
        <SelectField
          label={t('report')}
          value={name}
          options={NAMES.filter((value) => is_admin || !OF_ALL.includes(value)).map((value) => ({
            value,
            label: t(value),
          }))}
          onChange={(value) => set_name(value as ReportName)}
        />
        {!OF_NOW.includes(name) && <DayFields days={days} onChange={set_days} />}
        {name === 'prices' && <PickGoods coop={coop} days={days} value={goods} onChange={set_goods} />}
      </div>
      <ShownKept fetched={fetched}>
        {({ of, report }) => (
          <section class="stack" aria-label={t(of)}>
            <Drawn name={of} report={report} onAll={is_narrowed ? () => set_days(ALL_DAYS) : null} />
            <ExportButton asked={{ what: name, ...asked }} />
          </section>
        )}
      </ShownKept>
    </>
  )
}

function Drawn({
  name,
  report: { columns, rows },
  onAll,
}: {
  name: ReportName
  report: Report
  /** Back to all days; null where all are shown. */
  onAll: (() => void) | null
}) {
  const shape = useMemo(() => shape_of(name, rows), [name, rows])
  const [shown, set_shown] = useState(ROWS)
  useEffect(() => set_shown(ROWS), [rows])
  if (rows.length === 0)
    return (
      <Empty icon="week" action={onAll && <ShowAll onClick={onAll} />}>
        {t('no_rows')}
      </Empty>
    )
  return (
    <>
      <p class="summary">{summary_of(name, columns, rows)}</p>
      {shape && <Plot {...shape} />}
      {shape && !['sales_by_day', 'prices'].includes(name) && (
        <small aria-hidden="true">{t('plot_of')}</small>
      )}
      {name === 'stopped' && <Reasons rows={rows} />}
      <Table
        label={t(name)}
        columns={table_columns(columns, rows)}
        rows={rows.slice(0, shown)}
        row_key={(row) => String(rows.indexOf(row))}
      />
      {rows.length > shown && <Button onClick={() => set_shown(rows.length)}>{t('all_rows')}</Button>}
    </>
  )
}

/** The bars of the drawing by name: the table below is of people. */
const Reasons = ({ rows }: { rows: readonly ReportRow[] }) => (
  <ol class="reasons">
    {reasons(rows).map(({ reason, count }) => (
      <li key={reason}>
        {t_code('reason', reason) ?? reason}: <b>{count}</b>
      </li>
    ))}
  </ol>
)

function table_columns(columns: readonly ReportColumn[], rows: readonly ReportRow[]): Column<ReportRow>[] {
  const place: Column<ReportRow> = { label: t('place'), cell: (row) => rows.indexOf(row) + 1 }
  const named = columns.map((column, index): Column<ReportRow> => {
    const is_sum = column.field === 'total_vnd'
    return {
      label: t_code('column', column.field) ?? column.field,
      cell: (row) => cell_words(column, row),
      ...(index === 0 ? { kind: 'main' as const } : is_sum ? { kind: 'number' as const } : {}),
    }
  })
  const is_ranked = columns[0]?.kind !== 'day'
  return is_ranked ? [...named.slice(0, 1), place, ...named.slice(1)] : named
}

function PickGoods(props: { coop: string; days: Days; value: string; onChange: (value: string) => void }) {
  const asked = { coop: props.coop, ...props.days }
  const fetched = useFetched(() => fetch_report('sales_by_goods', asked), JSON.stringify(asked))
  const rows = fetched.value?.answer.rows ?? []
  const options = rows.map(({ product_name, unit }) => ({
    value: `${product_name}\t${unit}`,
    label: `${product_name} (${unit})`,
  }))
  return (
    <SelectField
      label={t('goods')}
      value={props.value || (options[0]?.value ?? '')}
      options={options}
      onChange={props.onChange}
    />
  )
}
