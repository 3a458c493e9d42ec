import { t } from '../messages/index.ts'
import { listings, record_sale } from '../state/index.ts'
import { Empty } from '../ui/banner.tsx'
import { frame_drawn } from '../ui/frame_drawn.ts'
import { go, href } from '../ui/router.ts'
import { Page } from './frame.tsx'
import { SaleEntry } from './sale-entry.tsx'

/** Selling what is listed: the amount stands at one, the price and the payment are filled in. */
export function SellListing({ id }: { id: string }) {
  const listing = listings.value.find((listing) => listing.id === id)
  if (!listing)
    return (
      <Page title={t('sell')} back={href('sell')}>
        <Empty icon="goods">{t('not_here')}</Empty>
      </Page>
    )
  return (
    <SaleEntry
      goods={{ ...listing, listing_id: id }}
      back={href('sell')}
      onSave={async (draft) => {
        await record_sale(draft)
        await frame_drawn() // The tick first, then the way back.
        go(href('sell'), true)
      }}
    />
  )
}
