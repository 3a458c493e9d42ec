import type { ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../messages/board_staff.ts'
import type { BoardEntity } from '../../state/board.ts'
import { Empty } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { finds } from '../../ui/fold.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Failed } from '../failed.tsx'
import { useRecording } from '../recording.ts'
import type { Desk } from './board-desk.ts'
import { save_failure } from './board-sheet.tsx'
import { Filters } from './filters.tsx'
import { NoneFound } from './none-found.tsx'
import { RowButton } from './row-button.tsx'
import { type Column, Table } from './table.tsx'

interface Kept {
  id: string
  withdrawn?: boolean
  coops?: readonly string[]
}

export interface SheetProps<Row> {
  desk: Desk
  entity: BoardEntity
  title: string
  /** null: a new one. */
  line: Row | null
  onClose: () => void
}

interface Lines<Row> {
  desk: Desk
  entity: BoardEntity
  rows: readonly Row[]
  icon: IconName
  /** In which one is written. */
  Sheet: ComponentType<SheetProps<Row>>
  columns: readonly Column<Row>[]
  name_of: (row: Row) => string
  /** What a search looks in. */
  words_of: (row: Row) => string
  can_edit?: (row: Row) => boolean
}

/** One part of the board as staff write it: a new line, search, and each line with what can be done to it. */
export function BoardLines<Row extends Kept>(props: Lines<Row>) {
  const { desk, entity, name_of, Sheet } = props
  const [query, set_query] = useState('')
  const [writing, set_writing] = useState<Row | 'new' | null>(null)
  const recording = useRecording()
  const rows = props.rows.filter((row) => finds(props.words_of(row), query))
  const withdraw = ({ id, withdrawn, coops }: Row) =>
    void recording.run(() => {
      const target = { id, is_new: false, ...(coops ? { coops } : {}) }
      return desk.save(entity, target, { withdrawn: !withdrawn }, coops ?? null)
    })
  return (
    <>
      <Button kind="main" icon="plus" onClick={() => set_writing('new')}>
        {t(`add_${entity}`)}
      </Button>
      <Filters label={t('search')} query={query} onQuery={set_query} />
      <Failed error={recording.failed} words={save_failure} />
      {rows.length === 0 ? (
        query ? (
          <NoneFound onAll={() => set_query('')} />
        ) : (
          <Empty icon={props.icon}>{t('none')}</Empty>
        )
      ) : (
        <Table
          label={t(`part_${entity}s`)}
          columns={[...props.columns, ...coops_column<Row>(desk), acts_column(props, set_writing, withdraw)]}
          rows={rows}
          row_key={({ id }) => id}
          row_class={({ withdrawn }) => (withdrawn ? 'gone' : '')}
        />
      )}
      {writing && (
        <Sheet
          desk={desk}
          entity={entity}
          title={writing === 'new' ? t(`add_${entity}`) : t('edit_of', { name: name_of(writing) })}
          line={writing === 'new' ? null : writing}
          onClose={() => set_writing(null)}
        />
      )}
    </>
  )
}

/** Which co-operatives have it: for the province. */
function coops_column<Row extends Kept>({ coops = [] }: Desk): Column<Row>[] {
  if (coops.length === 0) return []
  const names = (having: readonly string[]) =>
    having.length >= coops.length && coops.length > 1
      ? t('coops_all')
      : having.length > 2
        ? t('coops_count', { n: having.length })
        : having.map((id) => coops.find((coop) => coop.id === id)?.name ?? '–').join(', ')
  return [{ label: t('to_whom'), cell: (row) => names(row.coops ?? []) }]
}

/** Edit and withdraw, each named after its line for who hears it. */
function acts_column<Row extends Kept>(
  { name_of, can_edit }: Lines<Row>,
  edit: (row: Row) => void,
  withdraw: (row: Row) => void,
): Column<Row> {
  return {
    label: t('actions'),
    kind: 'actions',
    cell: (row) => {
      const name = name_of(row)
      return (
        <div class="acts">
          {(can_edit?.(row) ?? true) && (
            <RowButton
              icon="pencil"
              label={t('edit_of', { name })}
              words={t('edit')}
              onClick={() => edit(row)}
            />
          )}
          <RowButton
            icon={row.withdrawn ? 'undo' : 'close'}
            label={t(row.withdrawn ? 'restore_of' : 'withdraw_of', { name })}
            words={t(row.withdrawn ? 'restore' : 'withdraw')}
            onClick={() => withdraw(row)}
          />
        </div>
      )
    },
  }
}

/** Shown, withdrawn or over. */
export function state_words({ withdrawn }: Kept, is_over = false) {
  const [tone, icon, words] = withdrawn
    ? (['bad', 'close', 'withdrawn'] as const)
    : is_over
      ? (['', 'clock', 'over'] as const)
      : (['good', 'check', 'shown'] as const)
  return (
    <span class={`line ${tone}`}>
      <Icon name={icon} />
      {t(words)}
    </span>
  )
}
