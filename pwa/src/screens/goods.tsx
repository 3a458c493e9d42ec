import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { type ListingView, listings } from '../state/index.ts'
import { Empty } from '../ui/banner.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { finds } from '../ui/fold.ts'
import { money } from '../ui/format.ts'
import { is_fresh } from '../ui/fresh.ts'
import { Mark } from '../ui/mark.tsx'
import { href } from '../ui/router.ts'
import { SearchField } from '../ui/search-field.tsx'
import { ShowAll } from '../ui/show-all.tsx'
import { Page } from './frame.tsx'
import { ListingSign } from './listing-sign.tsx'
import { Left } from './sell.tsx'
import { manages, owner_name } from './selling-for.tsx'

const SEARCHED_FROM = 8

/** The own listings, then those of the rest of the co-operative. */
export function Goods() {
  const [query, set_query] = useState('')
  const found = listings.value.filter(({ product_name }) => finds(product_name, query))
  const mine = found.filter(({ mine }) => mine)
  const others = found.filter(({ mine }) => !mine)
  return (
    <Page title={t('goods')}>
      {listings.value.length > 0 && <AddListing />}
      {listings.value.length >= SEARCHED_FROM && <SearchField value={query} onChange={set_query} />}
      {found.length === 0 &&
        (query ? (
          <Empty icon="search" action={<ShowAll onClick={() => set_query('')} />}>
            {t('nothing_found')}
          </Empty>
        ) : (
          <Empty icon="goods" action={<AddListing />}>
            {t('goods_empty')}
          </Empty>
        ))}
      <div class="columns stack">
        {mine.length > 0 && (
          <section class="stack">
            <h2>{t('my_listings')}</h2>
            <Rows listings={mine} />
          </section>
        )}
        {others.length > 0 && (
          <section class="stack">
            <h2>{t(manages.value ? 'coop_listings' : 'other_listings')}</h2>
            <Rows listings={others} />
          </section>
        )}
      </div>
    </Page>
  )
}

const AddListing = () => (
  <ButtonLink kind="main" icon="plus" to={href('goods', 'new')}>
    {t('add_listing')}
  </ButtonLink>
)

const Rows = ({ listings }: { listings: readonly ListingView[] }) => (
  <ul class="rows">
    {listings.map((listing) => (
      <li key={listing.id}>
        <a class={is_fresh(listing.id) ? 'row fresh' : 'row'} href={href('goods', listing.id)}>
          <ListingSign {...listing} />
          <span class={listing.status === 'withdrawn' ? 'gone' : ''}>
            <b class="row-main">{listing.product_name}</b>
            <small>
              {money(listing.price_vnd)}/{listing.unit}
              {!listing.mine && ` · ${owner_name(listing.member_id)}`}
            </small>
          </span>
          <span class="end">
            {listing.status === 'withdrawn' ? t('withdrawn') : <Left {...listing} />}
            {listing.mine && listing.state !== 'coop' && <Mark state={listing.state} />}
          </span>
        </a>
      </li>
    ))}
  </ul>
)
