import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import {
  add_stock,
  edit_listing,
  type ListingView,
  listings,
  offer_listing,
  type StockKind,
  watch_record,
  watch_stock,
  withdraw_listing,
} from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { date_time, money, quantity } from '../ui/format.ts'
import { is_fresh } from '../ui/fresh.ts'
import type { IconName } from '../ui/icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import type { NumberOf } from '../ui/number.ts'
import { NumberSheet } from '../ui/number-field.tsx'
import { href } from '../ui/router.ts'
import { EditSheet } from './edit-sheet.tsx'
import { Failed } from './failed.tsx'
import { Page } from './frame.tsx'
import { ListingPhoto } from './listing-photo.tsx'
import { ListingSign } from './listing-sign.tsx'
import { NotHere } from './not-here.tsx'
import { useRecording } from './recording.ts'
import { Left } from './sell.tsx'
import { manages, owner_name } from './selling-for.tsx'
import { useWatch } from './watching.ts'
import { Why } from './why.tsx'

type Asked = 'price' | 'text' | Exclude<StockKind, 'adjust'>

/** One listing: what there is of it, and for who may write it, everything that can be done with it. */
export function Listing({ id }: { id: string }) {
  const listing = listings.value.find((listing) => listing.id === id)
  const detail = useWatch(() => watch_record('listing', id), id).value.value
  const [asked, set_asked] = useState<Asked | null>(null)
  const recording = useRecording()
  if (!listing)
    return (
      <Page title={t('goods')} back={href('goods')}>
        <NotHere icon="goods" to={href('goods')} />
      </Page>
    )
  const writes = listing.mine || manages.value
  const offered = listing.status === 'offered'
  return (
    <Page title={listing.product_name} back={href('goods')} columns>
      <div class="stack">
        <ListingPhoto listing={listing} writes={writes} />
        <div class="card stack">
          <div class="listing-head">
            {!listing.photo && <ListingSign {...listing} />}
            <b class="big number">
              {money(listing.price_vnd)}
              <wbr />/{listing.unit}
            </b>
          </div>
          <Left {...listing} />
          {listing.description && <p>{listing.description}</p>}
          {!listing.mine && <p class="soft">{owner_name(listing.member_id)}</p>}
          {!offered && (
            <Banner tone="warn" icon="lock">
              {t('withdrawn_why')}
            </Banner>
          )}
          <Approval listing={listing} />
          {writes && detail && <Why detail={detail} />}
        </div>
      </div>
      {writes && (
        <div class="stack">
          {offered && (
            <ButtonLink kind="main" icon="sell" to={href('sell', id)}>
              {t('sell_this')}
            </ButtonLink>
          )}
          <div class="buttons">
            <Button icon="leaf" onClick={() => set_asked('harvest')}>
              {t('stock_add')}
            </Button>
            <Button icon="loss" onClick={() => set_asked('loss')}>
              {t('stock_lose')}
            </Button>
            <Button icon="tag" onClick={() => set_asked('price')}>
              {t('change_price')}
            </Button>
            <Button icon="pencil" onClick={() => set_asked('text')}>
              {t('change_text')}
            </Button>
          </div>
          <Stock listing={listing} />
          <Button
            icon={offered ? 'lock' : 'sell'}
            disabled={recording.running}
            onClick={() => recording.run(() => (offered ? withdraw_listing(id) : offer_listing(id)))}
          >
            {t(offered ? 'withdraw' : 'offer_again')}
          </Button>
          <Failed error={recording.failed} />
        </div>
      )}
      {asked === 'text' && <EditListing listing={listing} onClose={() => set_asked(null)} />}
      {asked && asked !== 'text' && (
        <AskNumber
          listing={listing}
          asked={asked}
          onDone={(value) => {
            set_asked(null)
            recording.run(() =>
              asked === 'price' ? edit_listing(id, { price_vnd: value }) : add_stock(id, asked, value),
            )
          }}
          onClose={() => set_asked(null)}
        />
      )}
    </Page>
  )
}

function Approval({ listing: { approval, approval_note, mine } }: { listing: ListingView }) {
  if (!mine && !manages.value) return null
  const [tone, icon]: ['good' | 'bad' | 'plain', IconName] =
    approval === 'approved'
      ? ['good', 'check']
      : approval === 'refused'
        ? ['bad', 'close']
        : ['plain', 'clock']
  return (
    <Banner tone={tone} icon={icon}>
      {t(`approval_${approval ?? 'waiting'}`)}
      {approval_note && <small> · {approval_note}</small>}
    </Banner>
  )
}

function AskNumber(props: {
  listing: ListingView
  asked: Exclude<Asked, 'text'>
  onDone: (value: number) => void
  onClose: () => void
}) {
  const { listing, asked } = props
  const of: NumberOf = asked === 'price' ? { money: true } : { unit: listing.unit }
  return (
    <NumberSheet
      title={
        asked === 'price'
          ? t('price_per', { unit: listing.unit })
          : t(asked === 'loss' ? 'stock_lose' : 'stock_add')
      }
      of={of}
      value={asked === 'price' ? listing.price_vnd : null}
      done={t('save')}
      onDone={props.onDone}
      onClose={props.onClose}
    />
  )
}

const EditListing = ({ listing, onClose }: { listing: ListingView; onClose: () => void }) => (
  <EditSheet
    title={t('change_text')}
    fields={[
      { name: 'product_name', label: t('product_name'), value: listing.product_name, required: true },
      { name: 'description', label: t('description'), value: listing.description, lines: 4 },
    ]}
    onSave={(changes) => edit_listing(listing.id, changes)}
    onClose={onClose}
  />
)

const STOCK_ICONS: Record<StockKind, IconName> = {
  harvest: 'leaf',
  purchase: 'cart',
  adjust: 'scale',
  loss: 'loss',
}

function Stock({ listing }: { listing: ListingView }) {
  const entries = useWatch(() => watch_stock(listing.id), listing.id).value.value
  if (!entries?.length) return null
  return (
    <section class="stack">
      <h2>{t('stock')}</h2>
      <ul class="rows">
        {entries.map((entry) => (
          <li key={entry.id} class={`row${entry.voided ? ' gone' : ''}${is_fresh(entry.id) ? ' fresh' : ''}`}>
            <Icon name={STOCK_ICONS[entry.kind]} />
            <span>
              <span class="row-main">{t(`stock_${entry.kind}`)}</span>
              <small>{date_time(entry.recorded_at_ms)}</small>
            </span>
            <span class="end">
              <b class="number">
                {entry.quantity_milli > 0 && '+'}
                {quantity(entry.quantity_milli)} {listing.unit}
              </b>
              {entry.state !== 'coop' && <Mark state={entry.state} />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
