import { t } from '../messages/screens.ts'
import { correct_sale, watch_record } from '../state/index.ts'
import { go, href } from '../ui/router.ts'
import { SaleEntry } from './sale-entry.tsx'
import { useWatch } from './watching.ts'

/** A correction: the old sale is voided and a new one names it, sold when the old one was. */
export function CorrectSale({ id }: { id: string }) {
  const view = useWatch(() => watch_record('sale', id), id).value.value?.view
  if (view?.entity !== 'sale') return null
  return (
    <SaleEntry
      title={t('correct')}
      goods={{ ...view, price_vnd: view.unit_price_vnd, left_milli: null }}
      start={view}
      back={href('book', id)}
      onSave={async (draft) => {
        await correct_sale(id, 'corrected', {
          ...draft,
          sold_at: view.sold_at,
          ...(view.note ? { note: view.note } : {}),
        })
        go(href('book'), true)
      }}
    />
  )
}
