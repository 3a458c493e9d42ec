import { t } from '../messages/index.ts'
import { listings, record_sale } from '../state/index.ts'
import { go, href } from '../ui/router.ts'
import { Page } from './frame.tsx'
import { member } from './lazy_member.ts'
import { SaleEntry } from './sale-entry.tsx'

const NotHere = member.part((screens) => screens.NotHere)

/** Selling what is listed: the amount stands at one, the price and the payment are filled in. */
export function SellListing({ id }: { id: string }) {
  const listing = listings.value.find((listing) => listing.id === id)
  if (!listing)
    return (
      <Page title={t('sell')} back={href('sell')}>
        <NotHere icon="goods" to={href('sell')} />
      </Page>
    )
  return (
    <SaleEntry
      goods={{ ...listing, listing_id: id }}
      back={href('sell')}
      onSave={async (draft) => {
        await record_sale(draft)
        go(href('sell'), true)
      }}
    />
  )
}
