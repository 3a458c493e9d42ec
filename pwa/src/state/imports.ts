/** Spreadsheets that a co-operative takes its members and past sales from. Imported only by staff screens. */
import { fetch_or_kept, type Kept } from './kept.ts'
import { ask, list, type Page } from './staff.ts'
import { follow, type Step, upload } from './steps.ts'

export type ImportEntity = 'sale' | 'member'

export interface SentFile {
  file: string
  sheets: string[]
}

/** How the file is to be read: what is null or absent is guessed by the server. */
export interface ImportAsked {
  coop?: string
  file: string
  name: string
  entity: ImportEntity
  sheet: number
  heading_row?: number | null
  fields?: (string | null)[] | null
  unit?: string
  payment?: string
  money_with?: string
  no_member?: string
}

export interface ImportColumn {
  heading: string
  field: string | null
  /** Known, but kept nowhere: a running number, a phone number. */
  unkept: string | null
  samples: string[]
}

export interface ImportProblem {
  field: string
  /** Its heading; empty where the file has no such column. */
  column: string
  code: string
  got: string
}

export interface ImportRow {
  /** Of the spreadsheet, from 1. */
  number: number
  state: 'ready' | 'wrong' | 'there' | 'skipped'
  problems: ImportProblem[]
  notes: string[]
  cells: string[]
  values: Readonly<Record<string, unknown>>
}

export interface ImportLook {
  columns: ImportColumn[]
  heading_row: number
  /** Fields without which nothing can be taken. */
  missing: string[]
  counts: Record<ImportRow['state'], number>
  total_vnd: number
  /** By the file's own last total row. */
  said_total_vnd: number | null
  /** How many of the rows that can be taken are worth a look, by why. */
  notes: Readonly<Record<string, number>>
  rows: ImportRow[]
  /** Every one that something is wrong with. */
  wrong_rows: number[]
  /** The import of this very sheet that stands. */
  taken: Taken | null
}

export interface Taken {
  id: string
  entity: ImportEntity
  file_name: string
  rows: number
  total_vnd: number
  at: string
  undone_at: string | null
}

export const send_file = (file: Blob): Promise<SentFile> => upload('/imports/files', file)

export const look_at = (asked: ImportAsked): Promise<ImportLook> =>
  ask('/imports/look', { body: asked }, (answer) => Array.isArray(answer.rows))

export async function take_import(
  asked: ImportAsked,
  keep: readonly number[],
  leave_out: readonly number[],
  on_step: (step: Step) => void,
  signal: AbortSignal,
): Promise<Taken> {
  const body = { ...asked, keep, leave_out }
  return (await follow<{ import: Taken }>('/imports', body, on_step, signal)).import
}

export async function undo_import(id: string, coop: string, on_step: (step: Step) => void): Promise<Taken> {
  const query = coop ? `?coop=${coop}` : ''
  const { signal } = new AbortController()
  return (await follow<{ import: Taken }>(`/imports/${id}/undo${query}`, {}, on_step, signal)).import
}

export const fetch_imports = (coop: string): Promise<Kept<Taken[]>> =>
  fetch_or_kept(`imports ${coop}`, async () => (await list<Page<Taken>>('/imports', { coop })).items)
