import { useState } from 'preact/hooks'
import { t_code as board_code, t as t_board } from '../../messages/board.ts'
import { t } from '../../messages/board_staff.ts'
import type { Board } from '../../state/board.ts'
import { Field } from '../../ui/field.tsx'
import { date } from '../../ui/format.ts'
import { Picks } from '../../ui/picks.tsx'
import { NOTICE_ICONS } from '../notice-icons.ts'
import { told_words } from '../told-words.ts'
import type { Desk, Line } from './board-desk.ts'
import { BoardLines, type SheetProps, state_words } from './board-line.tsx'
import { BoardSheet } from './board-sheet.tsx'
import { DayFields } from './filters.tsx'
import type { Column } from './table.tsx'
import { this_day } from './words.ts'

type Notice = Line<Board['notices'][number]>

const TITLE_MAX = 120
const BODY_MAX = 1000
const KINDS = ['policy', 'training', 'market', 'other'] as const

/** Notices, the newest first, with those that are over or withdrawn. */
export const NoticeLines = ({ desk }: { desk: Desk }) => (
  <BoardLines<Notice>
    desk={desk}
    entity="notice"
    rows={desk.notices}
    icon="note"
    Sheet={NoticeSheet}
    columns={columns()}
    name_of={({ title }) => title}
    words_of={({ title, body }) => `${title} ${body}`}
  />
)

const columns = (): Column<Notice>[] => [
  { label: t('title'), kind: 'main', cell: ({ title }) => title },
  { label: t('notice_kind'), cell: ({ kind }) => board_code('notice', kind) ?? t_board('notice_other') },
  { label: t('body'), cell: ({ body }) => <span class="body-words">{body || '–'}</span> },
  {
    label: t('as_of'),
    cell: ({ starts_on, ends_on }) =>
      [starts_on, ends_on]
        .filter((day) => day)
        .map((day) => date(day ?? ''))
        .join(' – ') || '–',
  },
  { label: t('told_by'), cell: told_words },
  {
    label: t('state'),
    cell: (notice) => state_words(notice, (notice.ends_on || notice.starts_on || '9') < this_day()),
  },
]

function NoticeSheet(sheet: SheetProps<Notice>) {
  const notice = sheet.line
  const [kind, set_kind] = useState<Notice['kind'] | null>(notice?.kind ?? null)
  const [title, set_title] = useState(notice?.title ?? '')
  const [body, set_body] = useState(notice?.body ?? '')
  const [days, set_days] = useState({ since: notice?.starts_on ?? '', until: notice?.ends_on ?? '' })
  const is_backwards = Boolean(days.since && days.until && days.until < days.since)
  const said = { title: title.trim().normalize('NFC'), body: body.trim().normalize('NFC') }
  const lacks =
    kind === null ? t('notice_kind') : said.title ? (is_backwards ? t('days_wrong') : null) : t('title')
  const changes = {
    kind,
    ...said,
    starts_on: days.since || null,
    ends_on: days.until || null,
    told_by: sheet.desk.coops ? 'province' : 'coop',
  }
  return (
    <BoardSheet {...sheet} lacks={lacks} changes={changes}>
      <div class="pairs">
        <Picks
          label={t('notice_kind')}
          picks={KINDS.map((value) => ({
            value,
            label: t_board(`notice_${value}`),
            icon: NOTICE_ICONS[value],
          }))}
          value={kind}
          onChange={set_kind}
        />
      </div>
      <Field label={t('title')} value={title} onChange={set_title} most={TITLE_MAX} />
      <Field
        label={t('body')}
        value={body}
        onChange={set_body}
        lines={5}
        most={BODY_MAX}
        hint={t('body_left', { n: BODY_MAX - body.length })}
      />
      <div class="two">
        <DayFields days={days} labels={{ since: t('starts_on'), until: t('ends_on') }} onChange={set_days} />
      </div>
      <p class={is_backwards ? 'bad' : 'soft'}>{t(is_backwards ? 'days_wrong' : 'shown_until')}</p>
    </BoardSheet>
  )
}
