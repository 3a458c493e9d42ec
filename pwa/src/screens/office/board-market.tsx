import { useState } from 'preact/hooks'
import { t } from '../../messages/board_staff.ts'
import type { Board } from '../../state/board.ts'
import { Field } from '../../ui/field.tsx'
import { date } from '../../ui/format.ts'
import { Picks } from '../../ui/picks.tsx'
import { day_words } from '../board-markets.tsx'
import type { Desk, Line } from './board-desk.ts'
import { BoardLines, type SheetProps, state_words } from './board-line.tsx'
import { BoardSheet } from './board-sheet.tsx'
import { coming, NUMBERS, number_words, type RuleKind, rule_words } from './market-words.ts'
import type { Column } from './table.tsx'

type Market = Line<Board['markets'][number]>

const KINDS: readonly RuleKind[] = ['zodiac', 'weekday', 'lunar', 'dates']

/** The markets with the days on which they meet. */
export const MarketLines = ({ desk }: { desk: Desk }) => (
  <BoardLines<Market>
    desk={desk}
    entity="market"
    rows={desk.markets}
    icon="calendar"
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

/** `27/12/2026` → `2026-12-27`, or null when it is no day of these years. */
function parse_day(typed: string): string | null {
  const [day = '', month = '', year = ''] = typed.trim().split(/[/.\-\s]+/)
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const ms = Date.parse(text)
  const is_day = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
  return is_day && text >= '2000' && text < '2101' ? text : null
}

function MarketSheet(sheet: SheetProps<Market>) {
  const market = sheet.line
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
  const said = { name: name.trim().normalize('NFC'), place: place.trim().normalize('NFC') }
  const lacks = said.name ? (rule ? null : t('lacks_days')) : t('market_name')
  return (
    <BoardSheet {...sheet} lacks={lacks} changes={{ ...said, rule }}>
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
      {(kind === 'zodiac' || kind === 'lunar') && <p class="soft">{t(`rule_${kind}_hint`)}</p>}
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
          {number_words(kind, number)}
        </label>
      ))}
    </fieldset>
  )
}
