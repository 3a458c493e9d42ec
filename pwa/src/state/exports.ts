/** Files of what a filter shows. Imported only by staff screens. */
import { language } from './live.ts'
import type { MoneyReport, ReportName } from './reports.ts'
import type { ListParams } from './staff.ts'
import { fetch_file, follow, type Step } from './steps.ts'

export type ExportFormat = 'xlsx' | 'csv' | 'json' | 'sqlite'
export type PrivateField = 'buyer_name' | 'phone' | 'ethnic_group'

export interface ExportAsked extends Omit<ListParams, 'limit' | 'after'> {
  what:
    | `${'sale' | 'listing' | 'member' | 'payment' | 'need'}s`
    | 'stock_entries'
    | 'data'
    | ReportName
    | MoneyReport
  goods?: string
  unit?: string
}

interface Made extends Step {
  file: string
  name: string
}

/** Has the file made, step by step, and fetches it. Aborted, nothing of it stays anywhere. */
export async function make_export(
  asked: ExportAsked,
  format: ExportFormat,
  private_fields: readonly PrivateField[],
  on_step: (step: Step) => void,
  signal: AbortSignal,
): Promise<File> {
  const filter = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''))
  const body = { ...filter, format, language: language.value, private: private_fields }
  const made = await follow<Made>('/exports', body, on_step, signal)
  on_step(made)
  return new File([await fetch_file(`/exports/${made.file}`, signal)], made.name)
}
