import { t, t_code } from '../../messages/reports.ts'
import { t as t_staff, t_code as t_staff_code } from '../../messages/staff.ts'
import type { ReportColumn, ReportName, ReportRow } from '../../state/reports.ts'
import { amount, date, date_time, money, quantity } from '../../ui/format.ts'
import type { PlotShape } from './reports-plot.tsx'

/** So many bars can be told apart on a phone; the table has them all. */
const MOST_BARS = 12
const DAY_MS = 86_400_000

/** What a cell says, in the words and units of people. */
export function cell_words({ field, kind }: ReportColumn, row: ReportRow): string {
  const value = row[field] ?? null
  if (value === null) return field === 'member_name' ? t_staff('coop_own') : '–'
  if (kind === 'money') return money(Number(value))
  if (kind === 'milli') return quantity(Number(value))
  if (kind === 'number') return amount(Number(value))
  if (kind === 'day') return date(String(value))
  if (kind === 'instant') return date_time(String(value))
  if (field === 'month') return String(value).split('-').reverse().join('/')
  return t_code(field, String(value)) ?? t_staff_code(field, String(value)) ?? String(value)
}

/** The column that a report's plot is about. */
const MEASURE: Partial<Record<ReportName, string>> = { lateness: 'late_days', waiting: 'waiting' }
const measure = (name: ReportName): string => MEASURE[name] ?? 'total_vnd'
const day_number = (day: string): number => Date.parse(day) / DAY_MS
const day_name = (number: number): string =>
  Number.isInteger(number)
    ? date(new Date(number * DAY_MS).toISOString().slice(0, 10)).replace(/\/\d+$/, '')
    : ''

/** Short enough for an axis: `1,5 tr`. */
function axis_money(vnd: number): string {
  if (vnd >= 1e9) return `${amount(vnd / 1e9)} tỷ`
  if (vnd >= 1e6) return `${amount(vnd / 1e6)} tr`
  return amount(vnd)
}

/** How often each reason is there, the most frequent first. */
export function reasons(rows: readonly ReportRow[]): { reason: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { reason } of rows) counts.set(String(reason), (counts.get(String(reason)) ?? 0) + 1)
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count)
}

/** The drawing of a report, or null where there is nothing to draw. */
export function shape_of(name: ReportName, rows: readonly ReportRow[]): PlotShape | null {
  if (rows.length === 0) return null
  if (name === 'prices') return over_time(rows, 'week', ['low', 'mean', 'high'], 'lines')
  if (name === 'sales_by_day') return over_time(rows, 'day', ['total'], 'bars')
  const ranked =
    name === 'stopped'
      ? reasons(rows).map(({ count }) => count)
      : rows.map((row) => Number(row[measure(name)]))
  const values = name === 'sales_by_month' ? ranked : ranked.slice(0, MOST_BARS)
  const x = values.map((_, index) => index + 1)
  const name_x = (at: number) => (Number.isInteger(at) && at > 0 && at <= values.length ? String(at) : '')
  const name_y = measure(name) === 'total_vnd' && name !== 'stopped' ? axis_money : amount
  return { kind: 'bars', name_x, name_y, x, series: [{ label: '', values }] }
}

function over_time(
  rows: readonly ReportRow[],
  field: 'day' | 'week',
  names: readonly ('low' | 'mean' | 'high' | 'total')[],
  kind: PlotShape['kind'],
): PlotShape {
  return {
    kind,
    name_x: day_name,
    name_y: axis_money,
    x: rows.map((row) => day_number(String(row[field]))),
    series: names.map((name) => ({
      label: name === 'total' ? '' : t(name),
      values: rows.map((row) => Number(row[`${name}_vnd`])),
    })),
  }
}

/** What the drawing shows, in a sentence. */
export function summary_of(
  name: ReportName,
  columns: readonly ReportColumn[],
  rows: readonly ReportRow[],
): string {
  const sum = (field: string) => rows.reduce((total, row) => total + Number(row[field] ?? 0), 0)
  if (name === 'prices') {
    const numbers = (field: string) => rows.map((row) => Number(row[field]))
    return t('sum_prices', {
      goods: String(rows[0]?.product_name),
      unit: String(rows[0]?.unit),
      last: money(Number(rows.at(-1)?.mean_vnd)),
      low: money(Math.min(...numbers('low_vnd'))),
      high: money(Math.max(...numbers('high_vnd'))),
    })
  }
  if (name === 'stopped') {
    const [most] = reasons(rows)
    const words = t_code('reason', most?.reason ?? '') ?? ''
    return t('sum_stopped', { n: rows.length, most: words, best: most?.count ?? 0 })
  }
  const field = measure(name)
  const best = rows.reduce((one, other) => (Number(other[field]) > Number(one[field]) ? other : one))
  const naming = name === 'waiting' ? 'kind' : columns[0]?.field
  const most =
    columns.filter((column) => column.field === naming).map((column) => cell_words(column, best))[0] ?? ''
  if (name === 'waiting')
    return t('sum_waiting', { n: sum('waiting'), most, best: amount(Number(best.waiting)) })
  if (name === 'lateness')
    return t('sum_lateness', { n: rows.length, most, best: amount(Number(best.late_days)) })
  const said = { n: sum('count'), amount: money(sum('total_vnd')), most, best: money(Number(best.total_vnd)) }
  return t('sum_sales', said)
}
