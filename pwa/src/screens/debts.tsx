import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { type Debt, type SaleView, watch_debts } from '../state/index.ts'
import { Empty } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { finds } from '../ui/fold.ts'
import { Money } from '../ui/money.tsx'
import { ShowAll } from '../ui/show-all.tsx'
import { SaleRow } from './sale-row.tsx'
import { Settle } from './settle.tsx'
import { useWatch } from './watching.ts'

/**
 * Who owes how much: a heading per buyer with what that makes, and the sales that are not paid. `onAll`: back to the
 * whole book.
 */
export function Debts({ query, onAll }: { query: string; onAll: () => void }) {
  const debts = useWatch(watch_debts, 'debts').value.value
  const [paid, set_paid] = useState<readonly SaleView[] | null>(null)
  if (!debts) return null
  const found = debts.filter(({ buyer_name, sales }) =>
    finds(`${buyer_name} ${sales.map((sale) => `${sale.product_name} ${sale.note}`).join(' ')}`, query),
  )
  return (
    <>
      {found.length === 0 ? (
        <Empty icon={query ? 'search' : 'credit'} action={<ShowAll onClick={onAll} />}>
          {t(query ? 'nothing_found' : 'debts_empty')}
        </Empty>
      ) : (
        <p class="card owed-total">
          <span>{t('owed_by', { n: found.length })}</span>
          <b class="big">
            <Money vnd={found.reduce((sum, { total_vnd }) => sum + total_vnd, 0)} />
          </b>
        </p>
      )}
      {found.map((debt) => (
        <Owing key={debt.buyer_name} debt={debt} onPaid={() => set_paid(debt.sales)} />
      ))}
      {paid && <Settle sales={paid} onClose={() => set_paid(null)} />}
    </>
  )
}

const Owing = ({ debt, onPaid }: { debt: Debt; onPaid: () => void }) => (
  <section class="day">
    <h2>
      <span>{debt.buyer_name || t('buyer_unknown')}</span>
      <Money vnd={debt.total_vnd} />
    </h2>
    <ul class="rows">
      {debt.sales.map((sale) => (
        <li key={sale.id}>
          <SaleRow sale={sale} with_day />
        </li>
      ))}
      {debt.buyer_name && (
        <li class="owed-paid">
          <Button icon="cash" onClick={onPaid}>
            {t(debt.sales.length > 1 ? 'settle_all' : 'settle')}
          </Button>
        </li>
      )}
    </ul>
  </section>
)
