import { t } from '../../../messages/reviews.ts'
import { t as t_staff } from '../../../messages/staff.ts'
import type { Review, ReviewSide, Standing } from '../../../state/reviews.ts'
import { Facts } from '../../../ui/facts.tsx'
import { date_time } from '../../../ui/format.ts'
import { Icon } from '../../../ui/icon.tsx'
import { ErrorLines } from '../../errors.tsx'
import { field_words, value_words } from '../record-words.ts'
import { phone_words, stamp_words } from '../words.ts'
import { record_of, unit_of } from './words.ts'

/** What one person brought: the value, from which phone, when there and when here; and whether it stands. */
export function Side({ review, side, position }: { review: Review; side: ReviewSide; position: number }) {
  const { kind, field, records } = review
  const stands = review.stands === position
  const sale = kind === 'duplicate_sale' ? (records[String(side.value)] ?? {}) : null
  return (
    <section class={stands ? 'side stands' : 'side'}>
      <h3 class="line">
        {stands && <Icon name="check" />}
        <span>{stands ? t_staff('stands') : heading(review, side, position)}</span>
      </h3>
      {sale ? (
        <Sale sale={sale} />
      ) : (
        <SideValue value={side.value} field={field} record={record_of(review)} />
      )}
      {side.errors && <ErrorLines errors={side.errors} />}
      <Facts facts={sources(review, side)} />
    </section>
  )
}

function heading({ kind, sides }: Review, { account }: ReviewSide, position: number): string {
  const n = position + 1
  if (kind === 'duplicate_sale') return t('sale_n', { n })
  if (kind === 'oversold') return t('now_left')
  if (kind === 'odd_amount') return t(account ? 'recorded' : 'usual')
  return sides.length > 1 ? t('side_n', { n }) : t('recorded')
}

/** Who, on which phone, when there, when here. What the server reckoned has no time of its own. */
function sources({ coop_id }: Review, side: ReviewSide): [string, string][] {
  if (side.account === null) return [[t_staff('written_by'), t('found_by_server')]]
  return [
    [t_staff('written_by'), side.account === coop_id ? t('by_office') : (side.account_name ?? '–')],
    [t_staff('phone'), phone_words(side.replica)],
    [t_staff('written_at'), stamp_words(side.at)],
    [t_staff('arrived_at'), date_time(side.arrived_at)],
  ]
}

const SALE_FIELDS = [
  'product_name',
  'quantity_milli',
  'unit_price_vnd',
  'total_vnd',
  'sold_at',
  'payment',
] as const

/** A side that is a sale of its own. */
const Sale = ({ sale }: { sale: Standing }) => (
  <>
    <b class="big number">{value_words('total_vnd', sale.total_vnd)}</b>
    {sale.voided === true && (
      <span class="line bad">
        <Icon name="void" />
        {t_staff('voided')}
      </span>
    )}
    <Fields values={sale} names={SALE_FIELDS.filter((name) => name !== 'total_vnd')} />
  </>
)

/** A field's value large; of a whole mutation its fields, a line each. */
function SideValue(props: { value: unknown; field: string | null; record: Standing }) {
  const { value, field, record } = props
  if (typeof value !== 'object' || value === null)
    return <b class="big number">{value_words(field ?? '', value, unit_of(record))}</b>
  const set = value as Standing
  return <Fields values={{ unit: unit_of(record), ...set }} names={Object.keys(set).filter(is_telling)} />
}

/** References between records are for machines. */
const is_telling = (name: string): boolean => !name.endsWith('_id')

const Fields = ({ values, names }: { values: Standing; names: readonly string[] }) => (
  <ul>
    {names.map((name) => (
      <li key={name}>
        {field_words(name)}: <b>{value_words(name, values[name], unit_of(values))}</b>
      </li>
    ))}
  </ul>
)
