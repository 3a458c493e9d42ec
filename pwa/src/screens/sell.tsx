import { Component } from 'preact'
import { t } from '../messages/index.ts'
import { type ListingView, listings, today } from '../state/index.ts'
import { money, quantity } from '../ui/format.ts'
import { sell_tool } from '../ui/heading_tool.ts'
import { Icon } from '../ui/icon.tsx'
import { Money } from '../ui/money.tsx'
import { href } from '../ui/router.ts'
import { Page } from './frame.tsx'
import { ListingSign } from './listing-sign.tsx'
import { SellingFor, selling_for } from './selling-for.tsx'

/** A tile per listing: the first of the three taps. It stays made while one of them is sold, so that it is back at once. */
export const Sell = ({ hidden }: { hidden: boolean }) => (
  <Page title={t('sell')} hidden={hidden} tool={sell_tool.value}>
    {offer}
  </Page>
)

function Offer() {
  const offered = listings.value.filter(
    ({ status, member_id }) => status === 'offered' && member_id === selling_for.value,
  )
  const { day, count, total_vnd } = today.value
  return (
    <>
      <p class={day ? 'today' : 'today later'}>
        <span>{t('today_count', { n: count })}</span>
        <b>
          <Money vnd={total_vnd} />
        </b>
      </p>
      <SellingFor />
      <ul class="tiles">
        {offered.map((listing) => (
          <li key={listing.id}>
            <Tile {...listing} />
          </li>
        ))}
        <li>
          <a class="tile new" href={href('sell', 'other')}>
            <Icon name="plus" />
            {t('other_goods')}
          </a>
        </li>
        {offered.length === 0 && (
          <li>
            <a class="tile new" href={href('goods', 'new')}>
              <Icon name="goods" />
              {t('add_listing')}
            </a>
          </li>
        )}
      </ul>
      {offered.length === 0 && <p class="soft">{t('sell_empty')}</p>}
    </>
  )
}
/** Made once: going to a sale and back leaves the tiles as they are. */
const offer = <Offer />

/** Made anew only when something of it changed: a sale changes one of many. */
class Tile extends Component<ListingView> {
  override shouldComponentUpdate(next: ListingView): boolean {
    const { props } = this
    return (Object.keys(next) as (keyof ListingView)[]).some((name) => next[name] !== props[name])
  }

  render({ id, product_name, photo, unit, price_vnd, left_milli }: ListingView) {
    return (
      <a class="tile" href={href('sell', id)}>
        <ListingSign product_name={product_name} photo={photo} wide />
        <strong>{product_name}</strong>
        <span class="price number">
          {money(price_vnd)}/{unit}
        </span>
        <Left left_milli={left_milli} unit={unit} />
      </a>
    )
  }
}

/** What is left, in red and with a sign when it runs out. */
export const Left = ({ left_milli, unit }: { left_milli: number; unit: string }) =>
  left_milli <= 1000 ? (
    <span class="left low">
      <Icon name="alert" />
      {left_milli > 0 ? t('left', { amount: `${quantity(left_milli)} ${unit}` }) : t('left_none')}
    </span>
  ) : (
    <span class="left">{t('left', { amount: `${quantity(left_milli)} ${unit}` })}</span>
  )
