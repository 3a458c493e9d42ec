import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/index.ts'
import { clear_last_sale, last_sale, undo_sale } from '../state/index.ts'
import { Button } from '../ui/button.tsx'
import { money } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { is_long } from '../ui/money.tsx'

const SHOWN_MS = 12_000

const NO_SALE = { id: '', total_vnd: 0, day: { total_vnd: 0 }, undone: false }

/** Made before there is one, so that the tick has only to be filled in. Stands in a live region. The tick: the sale is in the phone's storage. With the day's total, and the way back. */
export function SavedToast() {
  const last = last_sale.value
  const sale = last ?? NO_SALE
  const [failed, set_failed] = useState(false)
  useEffect(() => clear_last_sale, []) // What was saved before is no news on another screen.
  useEffect(() => {
    set_failed(false)
    if (!last) return
    const timer = setTimeout(clear_last_sale, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [last])
  return (
    <div
      class={`toast${sale.undone ? ' undone' : ''}${is_long(sale.day.total_vnd) ? ' long' : ''}`}
      hidden={!last}
    >
      <Icon name={sale.undone ? 'undo' : 'check'} />
      <span>
        <b>{t(sale.undone ? 'toast_undone' : 'toast_saved', { amount: money(sale.total_vnd) })}</b>
        {failed ? t('error_storage_failed') : t('toast_today', { amount: money(sale.day.total_vnd) })}
      </span>
      {!sale.undone && (
        <Button icon="undo" onClick={() => undo_sale(sale.id).catch(() => set_failed(true))}>
          {t('undo')}
        </Button>
      )}
    </div>
  )
}
