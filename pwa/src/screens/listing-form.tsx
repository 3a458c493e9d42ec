import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { add_listing, type StockKind } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Picks } from '../ui/picks.tsx'
import { go, href } from '../ui/router.ts'
import { Page, useHalfTyped } from './frame.tsx'
import { GoodsFields, goods_typed, NO_GOODS } from './goods-fields.tsx'
import { failure, useRecording } from './recording.ts'
import { manages, SellingFor, selling_for } from './selling-for.tsx'

/** A new listing with what there is of it, recorded together. */
export function NewListing() {
  const [goods, set_goods] = useState(NO_GOODS)
  const [stock_milli, set_stock] = useState<number | null>(null)
  const [kind, set_kind] = useState<StockKind>('harvest')
  const recording = useRecording()
  const typed = goods_typed(goods)
  useHalfTyped()
  const save = async () => {
    if (!typed) return
    const { id } = await add_listing({
      ...typed,
      ...(manages.value ? { member_id: selling_for.value } : {}),
      ...(stock_milli ? { first_stock: { quantity_milli: stock_milli, kind } } : {}),
    })
    go(href('goods', id), true)
  }
  return (
    <Page title={t('add_listing')} back={href('goods')}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          recording.run(save)
        }}
      >
        <SellingFor />
        <GoodsFields goods={goods} onChange={set_goods} />
        {goods.unit && (
          <NumberField
            label={t('first_stock')}
            of={{ unit: goods.unit }}
            value={stock_milli}
            onChange={set_stock}
          />
        )}
        {stock_milli !== null && (
          <Picks
            label={t('stock_from')}
            picks={[
              { value: 'harvest', label: t('stock_harvest'), icon: 'leaf' },
              { value: 'purchase', label: t('stock_purchase'), icon: 'cart' },
            ]}
            value={kind}
            onChange={set_kind}
          />
        )}
        {recording.failed !== null && (
          <Banner tone="bad" icon="alert">
            {failure(recording.failed)}
          </Banner>
        )}
        <Button submit kind="save" icon="check" disabled={!typed || recording.running}>
          {t('save')}
        </Button>
      </form>
    </Page>
  )
}
