import { t } from '../messages/screens.ts'
import { type SaleView, today } from '../state/index.ts'
import { days_between } from '../ui/days.ts'
import { date, quantity, time } from '../ui/format.ts'
import { is_fresh } from '../ui/fresh.ts'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { Money } from '../ui/money.tsx'
import { href } from '../ui/router.ts'
import { Weave } from '../ui/weave.tsx'
import { manages, owner_name } from './selling-for.tsx'

/** Today and yesterday, by the corrected clock, by name; other days by date. */
export function day_name(day: string): string {
  const ago = days_between(day, today.value.day)
  return ago === 0 ? t('today') : ago === 1 ? t('yesterday') : date(day)
}

/** Whether a sale on credit is paid, and for when that was promised. */
export function owed_in_words({ settled, due_on }: SaleView): string {
  if (settled || !due_on) return t(settled ? 'settled' : 'owed')
  return t(due_on < today.value.day ? 'owed_since' : 'owed_until', { day: date(due_on) })
}

/** In one piece: each piece of a text is laid out by itself, which a list of them shows on a cheap phone. */
function about(sale: SaleView, with_day = false): string {
  const parts = [
    `${quantity(sale.quantity_milli)} ${sale.unit}`,
    with_day ? `${day_name(sale.day)} ${time(sale.sold_at)}` : time(sale.sold_at),
    sale.payment !== 'cash' && t(`payment_${sale.payment}`),
    !with_day && sale.buyer_name,
    manages.value && owner_name(sale.member_id),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** One sale in a list. `with_day`: where no heading tells it. */
export const SaleRow = ({ sale, with_day }: { sale: SaleView; with_day?: boolean }) => (
  <a
    class={`row${sale.counts ? '' : ' gone'}${is_fresh(sale.id) ? ' fresh' : ''}`}
    href={href('book', sale.id)}
  >
    <Weave name={sale.product_name} />
    <span>
      <b class="row-main">{sale.product_name}</b>
      <small>{about(sale, with_day)}</small>
      {sale.payment === 'credit' && sale.counts && (
        <small class={sale.settled ? 'good' : 'warn'}>{owed_in_words(sale)}</small>
      )}
      {sale.voided && (
        <small class="void">
          <Icon name="void" />
          {t('voided')}
        </small>
      )}
    </span>
    <span class="end">
      <b>
        <Money vnd={sale.total_vnd} />
      </b>
      <Mark state={sale.state} />
    </span>
  </a>
)
