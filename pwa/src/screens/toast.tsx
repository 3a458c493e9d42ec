import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/index.ts'
import { clear_last_sale, last_sale, undo_sale } from '../state/index.ts'
import { Button } from '../ui/button.tsx'
import { money } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { is_long } from '../ui/money.tsx'

const SHOWN_MS = 12_000

/**
 * Stands in a live region. The tick: the sale is in the phone's storage. With the day's total, and the way back. Its
 * element is made before there is a sale, so that it has only to be filled in.
 */
export function SavedToast() {
  const last = last_sale.value
  const undone = last?.undone === true
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
      class={`toast${undone ? ' undone' : ''}${last && is_long(last.day.total_vnd) ? ' long' : ''}`}
      hidden={!last}
    >
      <Icon name={undone ? 'undo' : 'check'} />
      <span>
        <b>{last && t(undone ? 'toast_undone' : 'toast_saved', { amount: money(last.total_vnd) })}</b>
        {last &&
          (failed ? t('error_storage_failed') : t('toast_today', { amount: money(last.day.total_vnd) }))}
      </span>
      {!undone && (
        <Button icon="undo" onClick={() => last && undo_sale(last.id).catch(() => set_failed(true))}>
          {t('undo')}
        </Button>
      )}
    </div>
  )
}
