import { useState } from 'preact/hooks'
import { t_code as board_code, t as t_board } from '../../messages/board.ts'
import { t } from '../../messages/board_staff.ts'
import type { Need } from '../../state/board.ts'
import { Empty } from '../../ui/banner.tsx'
import { finds } from '../../ui/fold.ts'
import { date_time } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Picks } from '../../ui/picks.tsx'
import { ShowAll } from '../../ui/show-all.tsx'
import { NEED_ICONS } from '../board-needs.tsx'
import { EditSheet } from '../edit-sheet.tsx'
import { save_failure } from './board-sheet.tsx'
import { Filters, SelectField } from './filters.tsx'
import { RowButton } from './row-button.tsx'
import { type Column, Table } from './table.tsx'

/** A need with the name of who told it. */
export type NeedLine = Need & { id: string; from: string; coop_id?: string; coop_name?: string }

/** What members told, the latest first; one tap answers. `pick` narrows it further, for the province. */
export function NeedLines(props: {
  needs: readonly NeedLine[]
  onAnswer: (need: NeedLine, answer: string) => Promise<void>
}) {
  const [query, set_query] = useState('')
  const [which, set_which] = useState<'open' | 'all'>('open')
  const [kind, set_kind] = useState('')
  const [answering, set_answering] = useState<NeedLine | null>(null)
  const rows = props.needs.filter(
    (need) =>
      (which === 'all' || (!need.answer && !need.withdrawn)) &&
      (!kind || need.kind === kind) &&
      finds(`${need.text} ${need.from} ${need.coop_name ?? ''}`, query),
  )
  const is_narrowed = query !== '' || kind !== '' || which === 'all'
  const show_all = () => {
    set_query('')
    set_kind('')
    set_which('all')
  }
  return (
    <>
      <Filters label={t('search')} query={query} onQuery={set_query}>
        <Picks
          label={t('which')}
          hide_label
          picks={[
            { value: 'open', label: t('which_open') },
            { value: 'all', label: t('which_all') },
          ]}
          value={which}
          onChange={set_which}
        />
        <SelectField
          label={t('kind')}
          value={kind}
          options={[
            { value: '', label: t('all_kinds') },
            ...Object.keys(NEED_ICONS).map((value) => ({ value, label: kind_words(value) })),
          ]}
          onChange={set_kind}
        />
      </Filters>
      {rows.length === 0 ? (
        <Empty
          icon={is_narrowed ? 'search' : 'check'}
          action={(is_narrowed || props.needs.length > 0) && <ShowAll onClick={show_all} />}
        >
          {t(is_narrowed ? 'none_found' : 'needs_none')}
        </Empty>
      ) : (
        <Table
          label={t('part_needs')}
          columns={columns(
            set_answering,
            rows.some(({ coop_name }) => coop_name !== undefined),
          )}
          rows={rows}
          row_key={({ id, coop_id }) => `${coop_id}${id}`}
          row_class={({ withdrawn }) => (withdrawn ? 'gone' : '')}
        />
      )}
      {answering && (
        <EditSheet
          title={`${t('answer')}: ${kind_words(answering.kind)}`}
          hint={[answering.text, t('answer_hint')].filter(Boolean).join(' · ')}
          fields={[
            {
              name: 'answer',
              label: t('answer'),
              value: answering.answer ?? '',
              required: true,
              lines: 4,
              most: 1000,
            },
          ]}
          words={save_failure}
          onSave={({ answer = '' }) => props.onAnswer(answering, answer)}
          onClose={() => set_answering(null)}
        />
      )}
    </>
  )
}

const kind_words = (kind: string): string => board_code('need', kind) ?? t_board('need_other')

const columns = (answer: (need: NeedLine) => void, has_coops: boolean): Column<NeedLine>[] => [
  {
    label: t('need'),
    kind: 'main',
    cell: ({ kind, text, withdrawn }) => (
      <>
        <span class="line">
          <Icon name={NEED_ICONS[kind] ?? 'note'} />
          {kind_words(kind)}
        </span>
        {text && <p class="body-words">{text}</p>}
        {withdrawn && <small class="soft">{t('withdrawn_need')}</small>}
      </>
    ),
  },
  { label: t('from'), cell: ({ from }) => from },
  ...(has_coops ? [{ label: t('to_whom'), cell: ({ coop_name }: NeedLine) => coop_name ?? '–' }] : []),
  { label: t('told_at'), cell: ({ told_at }) => date_time(told_at) },
  {
    label: t('answer'),
    cell: (need) => <span class="body-words">{need.answer || '–'}</span>,
  },
  {
    label: t('actions'),
    kind: 'actions',
    cell: (need) => (
      <RowButton
        icon="pencil"
        label={`${t(need.answer ? 'answer_again' : 'answer')}: ${kind_words(need.kind)}, ${need.from}`}
        words={t(need.answer ? 'answer_again' : 'answer')}
        onClick={() => answer(need)}
      />
    ),
  },
]
