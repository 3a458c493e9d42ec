import { t } from '../messages/screens.ts'
import { members, type SaleView, send_state, session } from '../state/index.ts'
import { date, date_time, money, quantity } from '../ui/format.ts'
import { owner_name } from './selling-for.tsx'

/** All that a receipt says; the picture and the text are made of the same. */
export interface ReceiptWords {
  coop: string
  title: string
  number: string
  sold_at: string
  product_name: string
  quantity: string
  total: string
  lines: string[]
  is_confirmed: boolean
  state: string
}

/** The last digits of the id: enough to find the sale by, and short enough to be read out. */
const number_of = (id: string): string =>
  id
    .slice(-8)
    .toUpperCase()
    .replace(/(?=.{4}$)/, ' ')

/** Who sold, as they are called. */
function seller(member_id: string | null): string {
  const known = members.value.find(({ id }) => id === member_id)
  return known?.called || known?.name || owner_name(member_id)
}

function payment(sale: SaleView): string {
  if (sale.payment !== 'credit') return t(`payment_${sale.payment}`)
  if (sale.settled) return t('receipt_paid')
  return [t('receipt_owed'), sale.due_on && t('receipt_due', { day: date(sale.due_on) })]
    .filter(Boolean)
    .join(' · ')
}

export function receipt_words(sale: SaleView): ReceiptWords {
  const { checked_at_ms, last_sync_at_ms } = send_state.value
  const seen_at_ms = checked_at_ms ?? last_sync_at_ms
  // Its house is shown, so the server has it as it stands here; what is being looked at is not confirmed.
  const is_confirmed = sale.state === 'coop' && seen_at_ms !== null
  const each_vnd = Math.round((sale.total_vnd * 1000) / sale.quantity_milli)
  const people = [
    [t('seller_name'), seller(sale.member_id)],
    [t('buyer_name'), sale.buyer_name],
    [t('payment'), payment(sale)],
  ]
  return {
    coop: session.value?.coop?.name ?? 'Chợ Phiên',
    title: t('receipt_title'),
    number: `${t('receipt_number')} ${number_of(sale.id)}`,
    sold_at: date_time(sale.sold_at),
    product_name: sale.product_name,
    quantity: `${quantity(sale.quantity_milli)} ${sale.unit} × ${money(each_vnd)}/${sale.unit}`,
    total: money(sale.total_vnd),
    lines: people.filter(([, value]) => value).map((line) => line.join(': ')),
    is_confirmed,
    state: is_confirmed ? t('receipt_confirmed', { time: date_time(seen_at_ms) }) : t('receipt_unconfirmed'),
  }
}

/** The receipt for who shares no pictures, and for who hears instead of seeing. */
export const receipt_text = (words: ReceiptWords): string =>
  [
    words.coop,
    `${words.title} · ${words.number}`,
    words.sold_at,
    `${words.product_name}: ${words.quantity}`,
    words.total,
    ...words.lines,
    words.state,
  ].join('\n')
