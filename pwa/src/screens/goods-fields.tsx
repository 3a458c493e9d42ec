import { t } from '../messages/screens.ts'
import { Field } from '../ui/field.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Picks } from '../ui/picks.tsx'
import { UNITS } from '../ui/units.ts'

/** What goods are, while it is typed. */
export interface TypedGoods {
  product_name: string
  unit: string | null
  price_vnd: number | null
}

export const NO_GOODS: TypedGoods = { product_name: '', unit: null, price_vnd: null }

/** The goods when they are complete, else null. */
export function goods_typed({ product_name, unit, price_vnd }: TypedGoods) {
  const name = product_name.trim().normalize('NFC')
  return name && unit && price_vnd !== null ? { product_name: name, unit, price_vnd } : null
}

/** What is missing before goods are complete, in words; null when nothing is. */
export function goods_lack({ product_name, unit, price_vnd }: TypedGoods): string | null {
  const missing = [
    product_name.trim() ? null : t('product_name'),
    unit ? null : t('unit'),
    price_vnd === null ? t('price') : null,
  ].filter((word) => word !== null)
  return missing.length ? t('lacks', { what: missing.join(', ').toLowerCase() }) : null
}

export const GoodsFields = (props: { goods: TypedGoods; onChange: (goods: TypedGoods) => void }) => {
  const { goods, onChange } = props
  return (
    <>
      <Field
        label={t('product_name')}
        value={goods.product_name}
        onChange={(product_name) => onChange({ ...goods, product_name })}
      />
      <Picks
        label={t('unit')}
        picks={UNITS.map((unit) => ({ value: unit, label: unit }))}
        value={goods.unit}
        onChange={(unit) => onChange({ ...goods, unit })}
      />
      <NumberField
        label={goods.unit ? t('price_per', { unit: goods.unit }) : t('price')}
        of={{ money: true }}
        value={goods.price_vnd}
        onChange={(price_vnd) => onChange({ ...goods, price_vnd })}
      />
    </>
  )
}
