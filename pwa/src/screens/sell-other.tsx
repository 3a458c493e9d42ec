import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { record_sale } from '../state/index.ts'
import { go, href } from '../ui/router.ts'
import { SaveButton } from '../ui/save-button.tsx'
import { Page, useHalfTyped } from './frame.tsx'
import { GoodsFields, goods_lack, goods_typed, NO_GOODS } from './goods-fields.tsx'
import { SaleEntry } from './sale-entry.tsx'
import { selling_for } from './selling-for.tsx'

/** Selling what nobody listed: first what it is, then the amount. */
export function SellOther() {
  const [goods, set_goods] = useState(NO_GOODS)
  const [named, set_named] = useState(false)
  useHalfTyped()
  const typed = goods_typed(goods)
  if (typed && named)
    return (
      <SaleEntry
        goods={{ ...typed, listing_id: null, left_milli: null, member_id: selling_for.value }}
        back={href('sell')}
        onSave={async (draft) => {
          await record_sale(draft)
          go(href('sell'), true)
        }}
      />
    )
  return (
    <Page title={t('other_goods')} back={href('sell')}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (typed) set_named(true)
        }}
      >
        <GoodsFields goods={goods} onChange={set_goods} />
        <SaveButton icon="next" lacks={goods_lack(goods)} running={false}>
          {t('next')}
        </SaveButton>
      </form>
    </Page>
  )
}
