import { useState } from 'preact/hooks'
import { next_market_day } from '../../calendar/market.ts'
import { t_code as board_code } from '../../messages/board.ts'
import { t } from '../../messages/board_staff.ts'
import type { Board } from '../../state/board.ts'
import { days_later } from '../../ui/days.ts'
import { Field } from '../../ui/field.tsx'
import { date } from '../../ui/format.ts'
import { Picks } from '../../ui/picks.tsx'
import { day_words } from '../board-markets.tsx'
import type { Desk, Line, Target } from './board-desk.ts'
import { BoardLines, type SheetProps, state_words } from './board-line.tsx'
import { BoardSheet } from './board-sheet.tsx'
import type { Column } from './table.tsx'
import { this_day } from './words.ts'

type Market = Line<Board['markets'][number]>
type RuleKind = keyof typeof NUMBERS | 'dates'

/** What can be chosen of each kind of rule (`server/entities/market.py`). */
const NUMBERS = { zodiac: [0, 11], weekday: [1, 7], lunar: [1, 30] } as const
const KINDS: readonly RuleKind[] = ['zodiac', 'weekday', 'lunar', 'dates']
const SHOWN_DAYS = 3

/** The markets with the days on which they meet. */
export const MarketLines = ({ desk }: { desk: Desk }) => (
  <BoardLines<Market>
    desk={desk}
    entity="market"
    rows={desk.markets}
    label={t('part_markets')}
    icon="calendar"
    add={t('add_market')}
    Sheet={MarketSheet}
    columns={columns()}
    name_of={({ name }) => name}
    words_of={({ name, place }) => `${name} ${place ?? ''}`}
  />
)

const columns = (): Column<Market>[] => [
  { label: t('market'), kind: 'main', cell: ({ name }) => name },
  { label: t('place'), cell: ({ place }) => place || '–' },
  { label: t('rule'), cell: ({ rule }) => rule_words(rule) },
  { label: t('state'), cell: (market) => state_words(market, coming(market.rule).length === 0) },
]

const name_of = (kind: string, number: number): string =>
  board_code(kind === 'zodiac' ? 'branch' : kind, String(number)) ?? String(number)

/** `Tỵ, Hợi`; days that are named one by one are told by the next ones. */
function rule_words(rule: string): string {
  const [kind = '', text = ''] = rule.split(':')
  if (kind === 'dates') return coming(rule).map(date).join(', ') || t('no_days')
  const names = text.split(',').map((number) => name_of(kind, Number(number)))
  return `${t(`rule_${kind as RuleKind}`)}: ${names.join(', ')}`
}

/** The next days of a rule, a few. */
function coming(rule: string): string[] {
  const days: string[] = []
  for (let since = this_day(); days.length < SHOWN_DAYS; ) {
    const day = next_market_day(rule, since)
    if (!day) break
    days.push(day)
    since = days_later(day, 1)
  }
  return days
}

/** `27/12/2026` → `2026-12-27`, or null when it is no day of these years. */
function parse_day(typed: string): string | null {
  const [day = '', month = '', year = ''] = typed.trim().split(/[/.\-\s]+/)
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const ms = Date.parse(text)
  const is_day = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
  return is_day && text >= '2000' && text < '2101' ? text : null
}

function MarketSheet({ desk, line: market, onClose }: SheetProps<Market>) {
  const [known = 'zodiac', chosen = ''] = market?.rule.split(':') ?? []
  const [name, set_name] = useState(market?.name ?? '')
  const [place, set_place] = useState(market?.place ?? '')
  const [kind, set_kind] = useState(known as RuleKind)
  const [numbers, set_numbers] = useState<readonly number[]>(
    known === 'dates' ? [] : chosen.split(',').filter(Boolean).map(Number),
  )
  const [dates, set_dates] = useState(known === 'dates' ? chosen.split(',').map(date).join('\n') : '')
  const lines = dates.split('\n').filter((line) => line.trim())
  const days = lines.map(parse_day).filter((day) => day !== null)
  const parts =
    kind === 'dates'
      ? days.length === lines.length
        ? [...new Set(days)].sort()
        : []
      : [...numbers].sort((a, b) => a - b)
  const rule = parts.length > 0 ? `${kind}:${parts.join(',')}` : null
  const next = rule ? coming(rule) : []
  const save = (target: Target, coops: readonly string[] | null) => {
    const said = { name: name.trim().normalize('NFC'), place: place.trim().normalize('NFC') }
    return desk.save('market', target, { ...said, rule, withdrawn: false }, coops)
  }
  return (
    <BoardSheet
      title={market ? t('edit_of', { name: market.name }) : t('add_market')}
      desk={desk}
      line={market}
      lacks={name.trim() ? (rule ? null : t('lacks_days')) : t('market_name')}
      onSave={save}
      onClose={onClose}
    >
      <Field label={t('market_name')} value={name} onChange={set_name} most={120} />
      <Field label={t('place')} value={place} onChange={set_place} />
      <div class="pairs">
        <Picks
          label={t('rule')}
          picks={KINDS.map((value) => ({ value, label: t(`rule_${value}`) }))}
          value={kind}
          onChange={(value) => {
            set_kind(value)
            set_numbers([])
          }}
        />
      </div>
      {kind === 'dates' ? (
        <Field label={t('rule_dates')} value={dates} onChange={set_dates} lines={4} hint={t('dates_hint')} />
      ) : (
        <Numbers kind={kind} chosen={numbers} onChange={set_numbers} />
      )}
      {kind === 'zodiac' && <p class="soft">{t('rule_zodiac_hint')}</p>}
      {rule && (
        <p aria-live="polite">
          {next.length > 0 ? t('next_days', { days: next.map(day_words).join('; ') }) : t('no_days')}
        </p>
      )}
    </BoardSheet>
  )
}

/** Some of the branches, weekdays or lunar days. */
function Numbers(props: {
  kind: keyof typeof NUMBERS
  chosen: readonly number[]
  onChange: (chosen: readonly number[]) => void
}) {
  const { kind, chosen, onChange } = props
  const [least, most] = NUMBERS[kind]
  return (
    <fieldset class="picks many">
      <legend>{t(`rule_${kind}`)}</legend>
      {Array.from({ length: most - least + 1 }, (_, n) => least + n).map((number) => (
        <label class="pick" key={number}>
          <input
            type="checkbox"
            checked={chosen.includes(number)}
            onChange={(event) =>
              onChange([
                ...chosen.filter((each) => each !== number),
                ...(event.currentTarget.checked ? [number] : []),
              ])
            }
          />
          {name_of(kind, number)}
        </label>
      ))}
    </fieldset>
  )
}
