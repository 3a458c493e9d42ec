import { t } from '../messages/screens.ts'
import { add_listing, type StockKind } from '../state/index.ts'
import { NumberField } from '../ui/number-field.tsx'
import { Picks } from '../ui/picks.tsx'
import { go, href } from '../ui/router.ts'
import { SaveButton } from '../ui/save-button.tsx'
import { useDraft } from './draft.ts'
import { Failed } from './failed.tsx'
import { Page, useHalfTyped } from './frame.tsx'
import { GoodsFields, goods_lack, goods_typed, NO_GOODS, type TypedGoods } from './goods-fields.tsx'
import { ListingSign } from './listing-sign.tsx'
import { PhotoField } from './photo-field.tsx'
import { useRecording } from './recording.ts'
import { manages, SellingFor, sell_for, selling_for } from './selling-for.tsx'

interface TypedListing {
  goods: TypedGoods
  stock_milli: number | null
  kind: StockKind
  photo: string | null
  /** Whose goods they are, as a manager chose. */
  member_id: string | null
}

const NOTHING: TypedListing = {
  goods: NO_GOODS,
  stock_milli: null,
  kind: 'harvest',
  photo: null,
  member_id: null,
}

/** A new listing with what there is of it, recorded together. */
export function NewListing() {
  const { typed, change, keep } = useDraft('new_listing', NOTHING, (kept) => sell_for(kept.member_id))
  const member_id = selling_for.value
  return (
    <Page title={t('add_listing')} back={href('goods')}>
      {typed && (
        <Form
          typed={typed}
          onChange={(changes) => change({ ...typed, ...changes })}
          keep={() => keep({ member_id })}
        />
      )}
    </Page>
  )
}

interface FormProps {
  typed: TypedListing
  onChange: (changes: Partial<TypedListing>) => void
  keep: () => Promise<void>
}

function Form({ typed: { goods, stock_milli, kind, photo }, onChange, keep }: FormProps) {
  const recording = useRecording()
  const complete = goods_typed(goods)
  useHalfTyped()
  const save = async () => {
    if (!complete) return
    const { id } = await add_listing({
      ...complete,
      ...(photo ? { photo } : {}),
      ...(manages.value ? { member_id: selling_for.value } : {}),
      ...(stock_milli ? { first_stock: { quantity_milli: stock_milli, kind } } : {}),
    })
    go(href('goods', id), true)
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        recording.run(save)
      }}
    >
      <SellingFor />
      {photo && (
        <div class="photo">
          <ListingSign product_name={goods.product_name} photo={photo} wide />
        </div>
      )}
      <PhotoField
        photo={photo}
        keep={keep}
        onChange={(photo) => {
          onChange({ photo })
          void keep() // It was just taken, and nothing else names it yet.
        }}
      />
      <GoodsFields goods={goods} onChange={(goods) => onChange({ goods })} />
      {goods.unit && (
        <NumberField
          label={t('first_stock')}
          of={{ unit: goods.unit }}
          value={stock_milli}
          onChange={(stock_milli) => onChange({ stock_milli })}
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
          onChange={(kind) => onChange({ kind })}
        />
      )}
      <Failed error={recording.failed} />
      <SaveButton lacks={goods_lack(goods)} running={recording.running}>
        {t('save')}
      </SaveButton>
    </form>
  )
}
