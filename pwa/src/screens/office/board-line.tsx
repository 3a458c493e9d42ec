import { t } from '../../messages/board_staff.ts'
import type { BoardEntity } from '../../state/board.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useRecording } from '../recording.ts'
import type { Desk } from './board-desk.ts'
import { save_failure } from './board-sheet.tsx'
import type { Column } from './table.tsx'

interface Kept {
  id: string
  withdrawn?: boolean
  coops?: readonly string[]
}

/** Taking a line from the board and putting it back, and what went wrong with that. */
export function useWithdrawing(desk: Desk, entity: BoardEntity) {
  const recording = useRecording()
  const withdraw = ({ id, withdrawn, coops }: Kept) =>
    void recording.run(() =>
      desk.save(
        entity,
        { id, is_new: false, ...(coops ? { coops } : {}) },
        { withdrawn: !withdrawn },
        coops ?? null,
      ),
    )
  const failed = recording.failed !== null && (
    <Banner tone="bad" icon="alert">
      {save_failure(recording.failed)}
    </Banner>
  )
  return { withdraw, failed }
}

/** Which co-operatives have it: for the province. */
export function coops_column<Row extends Kept>({ coops = [] }: Desk): Column<Row>[] {
  if (coops.length === 0) return []
  const names = (having: readonly string[]) =>
    having.length >= coops.length && coops.length > 1
      ? t('coops_all')
      : having.length > 2
        ? t('coops_count', { n: having.length })
        : having.map((id) => coops.find((coop) => coop.id === id)?.name ?? '–').join(', ')
  return [{ label: t('to_whom'), cell: (row) => names(row.coops ?? []) }]
}

/** Edit and withdraw; what was reckoned from sales is not edited. */
export function acts_column<Row extends Kept>(props: {
  name_of: (row: Row) => string
  edit: (row: Row) => void
  withdraw: (row: Row) => void
  can_edit?: (row: Row) => boolean
}): Column<Row> {
  return {
    label: t('actions'),
    kind: 'actions',
    cell: (row) => {
      const name = props.name_of(row)
      return (
        <div class="acts">
          {(props.can_edit?.(row) ?? true) && (
            <button
              type="button"
              class="button plain"
              aria-label={t('edit_of', { name })}
              onClick={() => props.edit(row)}
            >
              <Icon name="pencil" />
              <span>{t('edit')}</span>
            </button>
          )}
          <button
            type="button"
            class="button plain"
            aria-label={t(row.withdrawn ? 'restore_of' : 'withdraw_of', { name })}
            onClick={() => props.withdraw(row)}
          >
            <Icon name={row.withdrawn ? 'undo' : 'close'} />
            <span>{t(row.withdrawn ? 'restore' : 'withdraw')}</span>
          </button>
        </div>
      )
    },
  }
}

/** Shown, withdrawn or over. */
export const state_words = ({ withdrawn }: Kept, is_over = false) =>
  withdrawn ? (
    <span class="line bad">
      <Icon name="close" />
      {t('withdrawn')}
    </span>
  ) : is_over ? (
    <span class="line">
      <Icon name="clock" />
      {t('over')}
    </span>
  ) : (
    <span class="line good">
      <Icon name="check" />
      {t('shown')}
    </span>
  )

export const AddButton = ({ label, onClick }: { label: string; onClick: () => void }) => (
  <Button kind="main" icon="plus" onClick={onClick}>
    {label}
  </Button>
)
