import { useState } from 'preact/hooks'
import { t } from '../../messages/board_staff.ts'
import type { Board } from '../../state/board.ts'
import { Field } from '../../ui/field.tsx'
import { amount, date, money, parse_money } from '../../ui/format.ts'
import type { Desk, Line } from './board-desk.ts'
import { BoardLines, type SheetProps, state_words } from './board-line.tsx'
import { BoardSheet } from './board-sheet.tsx'
import type { Column } from './table.tsx'
import { this_day } from './words.ts'

type Price = Line<Board['prices'][number]>

/** Usual prices by name; what was reckoned from sales can be withdrawn, what staff wrote also be changed. */
export const PriceLines = ({ desk }: { desk: Desk }) => (
  <>
    <p class="soft">{t('sales_prices_why')}</p>
    <BoardLines<Price>
      desk={desk}
      entity="price"
      rows={[...desk.prices].sort((a, b) => a.product_name.localeCompare(b.product_name, 'vi'))}
      icon="tag"
      Sheet={PriceSheet}
      columns={columns()}
      name_of={({ product_name }) => product_name}
      words_of={({ product_name, place }) => `${product_name} ${place}`}
      can_edit={({ source }) => source === 'staff'}
    />
  </>
)

const columns = (): Column<Price>[] => [
  { label: t('goods'), kind: 'main', cell: ({ product_name }) => product_name },
  {
    label: t('usual'),
    kind: 'number',
    cell: ({ usual_vnd, unit }) => (
      <span class="money">
        {money(usual_vnd)}
        <wbr />/{unit}
      </span>
    ),
  },
  {
    label: `${t('low')} – ${t('high')}`,
    cell: ({ low_vnd, high_vnd }) => (low_vnd < high_vnd ? `${amount(low_vnd)} – ${amount(high_vnd)}` : '–'),
  },
  { label: t('place'), cell: ({ place }) => place || '–' },
  { label: t('as_of'), cell: ({ as_of }) => date(as_of) },
  { label: t('source'), cell: ({ source }) => t(source === 'sales' ? 'source_sales' : 'source_staff') },
  { label: t('state'), cell: (price) => state_words(price) },
]

const FIGURES = ['usual', 'low', 'high'] as const

function PriceSheet(sheet: SheetProps<Price>) {
  const price = sheet.line
  const [typed, set_typed] = useState({
    product_name: price?.product_name ?? '',
    unit: price?.unit ?? 'kg',
    place: price?.place ?? '',
    usual: price ? amount(price.usual_vnd) : '',
    low: price && price.low_vnd < price.usual_vnd ? amount(price.low_vnd) : '',
    high: price && price.high_vnd > price.usual_vnd ? amount(price.high_vnd) : '',
    as_of: this_day(),
  })
  const put = (name: keyof typeof typed) => (value: string) => set_typed({ ...typed, [name]: value })
  const usual_vnd = parse_money(typed.usual) || null
  const low_vnd = typed.low.trim() ? parse_money(typed.low) || null : usual_vnd
  const high_vnd = typed.high.trim() ? parse_money(typed.high) || null : usual_vnd
  const figures = { usual_vnd, low_vnd, high_vnd }
  const is_ordered = (low_vnd ?? 0) <= (usual_vnd ?? 0) && (usual_vnd ?? 0) <= (high_vnd ?? 0)
  const lacks = !typed.product_name.trim()
    ? t('goods')
    : !typed.unit.trim()
      ? t('unit')
      : Object.values(figures).includes(null)
        ? t('price_number')
        : !is_ordered
          ? t('price_order')
          : !typed.as_of
            ? t('as_of')
            : null
  const words = (text: string): string => text.trim().normalize('NFC')
  const told = { ...figures, as_of: typed.as_of }
  // What it is of is written once: another is another price.
  const of = {
    product_name: words(typed.product_name),
    unit: words(typed.unit),
    place: words(typed.place),
    source: 'staff',
  }
  return (
    <BoardSheet {...sheet} lacks={lacks} changes={price && !sheet.desk.coops ? told : { ...of, ...told }}>
      {!price && (
        <>
          <Field label={t('goods')} value={typed.product_name} onChange={put('product_name')} />
          <div class="two">
            <Field label={t('unit')} value={typed.unit} onChange={put('unit')} most={20} />
            <Field label={t('place')} value={typed.place} onChange={put('place')} />
          </div>
        </>
      )}
      <div class="two">
        {FIGURES.map((name) => (
          <Field
            key={name}
            label={t(name)}
            value={typed[name]}
            onChange={put(name)}
            most={20}
            input={{ inputMode: 'numeric' }}
          />
        ))}
        <Field label={t('as_of')} value={typed.as_of} onChange={put('as_of')} input={{ type: 'date' }} />
      </div>
      {usual_vnd !== null && !is_ordered && <p class="bad">{t('price_order')}</p>}
    </BoardSheet>
  )
}
