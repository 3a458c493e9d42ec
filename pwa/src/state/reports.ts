/** Reports of the office and the province. Imported only by their screens (a lazy chunk). */
import { fetch_or_kept, type Kept } from './kept.ts'
import { ask } from './staff.ts'

export type ColumnKind = 'money' | 'milli' | 'number' | 'instant' | 'day' | 'word' | 'flag' | 'text'
export interface ReportColumn {
  field: string
  kind: ColumnKind
}
export type ReportRow = Readonly<Record<string, string | number | null>>
export interface Report {
  columns: ReportColumn[]
  rows: ReportRow[]
}

export type ReportName =
  | `sales_by_${'day' | 'month' | 'goods' | 'member' | 'coop' | 'province'}`
  | 'prices'
  | 'lateness'
  | 'waiting'
  | 'stopped'

/** Those of the province's money screen. */
export type MoneyReport = `money_by_${'coop' | 'month'}`

export interface ReportParams {
  coop?: string
  since?: string
  until?: string
  goods?: string
  unit?: string
}

/** The report as it is now, or as it was fetched last. */
export function fetch_report(name: ReportName | MoneyReport, params: ReportParams): Promise<Kept<Report>> {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value))
  const path = `/reports/${name}?${query}`
  const is_ours = ({ rows, columns }: Report) => Array.isArray(rows) && Array.isArray(columns)
  return fetch_or_kept(path, () => ask<Report>(path, { method: 'GET' }, is_ours))
}
