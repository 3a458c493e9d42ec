import { t } from '../messages/screens.ts'
import { type SaleView, settle_sales } from '../state/index.ts'
import { Button } from '../ui/button.tsx'
import { date } from '../ui/format.ts'
import { Money } from '../ui/money.tsx'
import { SaveButton } from '../ui/save-button.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { Failed } from './failed.tsx'
import { useRecording } from './recording.ts'

/** Asks before credit sales are written as paid, since that is written once: nothing takes it back. */
export function Settle({ sales, onClose }: { sales: readonly SaleView[]; onClose: () => void }) {
  const recording = useRecording()
  const paid = async () => {
    await settle_sales(sales.map(({ id }) => id))
    onClose()
  }
  return (
    <Sheet title={t('settle_ask')} onClose={onClose}>
      <p class="settle-total">
        <span>{sales[0]?.buyer_name || t('buyer_unknown')}</span>
        <b class="big">
          <Money vnd={sales.reduce((sum, { total_vnd }) => sum + total_vnd, 0)} />
        </b>
      </p>
      {sales.length > 1 && (
        <ul class="settle-sales">
          {sales.map((sale) => (
            <li key={sale.id}>
              <span>
                {sale.product_name} · {date(sale.day)}
              </span>
              <Money vnd={sale.total_vnd} />
            </li>
          ))}
        </ul>
      )}
      <p class="soft">{t('settle_once')}</p>
      <Failed error={recording.failed} />
      <SaveButton running={recording.running} onClick={() => void recording.run(paid)}>
        {t('settle_yes')}
      </SaveButton>
      <Button icon="close" onClick={onClose}>
        {t('settle_no')}
      </Button>
    </Sheet>
  )
}
