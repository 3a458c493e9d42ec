import { t, t_code } from '../../messages/reports.ts'
import type { ImportLook, ImportProblem, ImportRow } from '../../state/imports.ts'
import { type Column, Table } from './table.tsx'

interface Choice {
  keep: readonly number[]
  without_wrong: boolean
}

/** The rows by what becomes of them: wrong ones first. */
export function ImportRows(props: {
  look: ImportLook
  choice: Choice
  onChange: (changed: Partial<Choice>) => void
}) {
  const { look, choice, onChange } = props
  const of = (state: ImportRow['state']) => look.rows.filter((row) => row.state === state)
  const [wrong, there, ready, skipped] = [of('wrong'), of('there'), of('ready'), of('skipped')]
  const keep = (number: number, chosen: boolean) =>
    onChange({ keep: chosen ? [...choice.keep, number] : choice.keep.filter((other) => other !== number) })
  return (
    <>
      {wrong.length > 0 && (
        <section class="stack">
          <h3>{t('wrong_rows')}</h3>
          <Table label={t('wrong_rows')} columns={wrong_columns()} rows={wrong} row_key={key} />
          <label class="check">
            <input
              type="checkbox"
              checked={choice.without_wrong}
              onChange={({ currentTarget }) => onChange({ without_wrong: currentTarget.checked })}
            />
            {t('leave_out')}
          </label>
        </section>
      )}
      {there.length > 0 && (
        <section class="stack">
          <h3>{t('there_rows')}</h3>
          <p class="soft">{t('there_why')}</p>
          <Table
            label={t('there_rows')}
            columns={there_columns(choice.keep, keep)}
            rows={there}
            row_key={key}
          />
        </section>
      )}
      {ready.length > 0 && (
        <section class="stack">
          <h3>{t('ready_rows')}</h3>
          <Table label={t('ready_rows')} columns={plain_columns()} rows={ready} row_key={key} />
        </section>
      )}
      {skipped.length > 0 && (
        <details class="card">
          <summary>{t('count_skipped', { n: look.counts.skipped })}</summary>
          <Table label={t('not_taken')} columns={plain_columns()} rows={skipped} row_key={key} />
        </details>
      )}
    </>
  )
}

const key = ({ number }: ImportRow): string => String(number)
const in_file = ({ cells }: ImportRow): string => cells.filter(Boolean).join(' · ')
const notes = (row: ImportRow): string => row.notes.map((code) => t_code('note', code) ?? code).join(', ')

function problem_words({ field, column: heading, code, got }: ImportProblem): string {
  const column = heading || (t_code('field', field) ?? field)
  const what = t_code('want', code) ?? code
  return got ? t('problem_got', { column, what, got }) : t('problem', { column, what })
}

const row_column: Column<ImportRow>['cell'] = ({ number }) => number
const plain_columns = (): Column<ImportRow>[] => [
  { label: t('row'), cell: row_column },
  { label: t('in_file'), kind: 'main', cell: in_file },
  { label: t('worth_a_look'), cell: (row) => notes(row) || '–' },
]
const wrong_columns = (): Column<ImportRow>[] => [
  { label: t('row'), cell: row_column },
  {
    label: t('what_is_wrong'),
    kind: 'main',
    cell: ({ problems }) => (
      <ul class="bad">
        {problems.map((problem) => (
          <li key={`${problem.field} ${problem.code}`}>{problem_words(problem)}</li>
        ))}
      </ul>
    ),
  },
  { label: t('in_file'), cell: in_file },
]
const there_columns = (
  kept: readonly number[],
  keep: (number: number, chosen: boolean) => void,
): Column<ImportRow>[] => [
  ...plain_columns().slice(0, 2),
  {
    label: t('take_nothing'),
    kind: 'actions',
    cell: ({ number }) => (
      <label class="check">
        <input
          type="checkbox"
          checked={kept.includes(number)}
          onChange={({ currentTarget }) => keep(number, currentTarget.checked)}
        />
        {t('keep_row', { n: number })}
      </label>
    ),
  },
]
