import type { ComponentChildren } from 'preact'

export interface Column<Row> {
  label: string
  cell: (row: Row) => ComponentChildren
  /** `main` names the row, `number` is set right, `actions` has no label on a card. */
  kind?: 'main' | 'number' | 'actions'
}

/** A table on a desktop, cards on a phone: the same elements, so that it stays a table to a screen reader. */
export function Table<Row>(props: {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  row_key: (row: Row) => string
  row_class?: (row: Row) => string
}) {
  return (
    <table class="table" aria-label={props.label}>
      <thead>
        <tr>
          {props.columns.map(({ label, kind }) => (
            <th key={label} scope="col" class={kind}>
              {kind === 'actions' ? <span class="unseen">{label}</span> : label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={props.row_key(row)} class={props.row_class?.(row)}>
            {props.columns.map(({ label, kind, cell }) => (
              <td key={label} class={kind} data-label={kind ? undefined : label}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
