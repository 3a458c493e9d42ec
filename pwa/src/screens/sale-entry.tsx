import { useState } from 'preact/hooks'
import { t } from '../messages/index.ts'
import type { MoneyWith, Payment, SaleDraft } from '../state/index.ts'
import { money, quantity } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { Keypad } from '../ui/keypad.tsx'
import { money_class } from '../ui/money.tsx'
import { display, parse } from '../ui/number.ts'
import { Picks } from '../ui/picks.tsx'
import { SaveButton } from '../ui/save-button.tsx'
import { thousands_meant } from '../ui/typing.ts'
import { is_counted, quick_quantities } from '../ui/units.ts'
import { Failed } from './failed.tsx'
import { Page, useHalfTyped } from './frame.tsx'
import { member } from './lazy_member.ts'
import { useRecording } from './recording.ts'
import { manages } from './selling-for.tsx'

const CreditFields = member.part((screens) => screens.CreditFields)

export interface SoldGoods {
  listing_id: string | null
  product_name: string
  unit: string
  price_vnd: number
  /** Whose goods, where a manager writes; null: the co-operative's own. */
  member_id: string | null
  /** null: not listed, so nobody counts it. */
  left_milli: number | null
}

/** What a correction starts from. */
export type SaleStart = Pick<
  SaleDraft,
  'quantity_milli' | 'total_vnd' | 'payment' | 'buyer_name' | 'due_on' | 'money_with'
>

interface SaleEntryProps {
  goods: SoldGoods
  back: string
  title?: string
  start?: SaleStart
  onSave: (draft: SaleDraft) => Promise<void>
}

const MONEY = { money: true } as const
/** What just appeared must not stay under the keypad. */
const in_sight = (appeared: HTMLElement | null): void => appeared?.scrollIntoView({ block: 'nearest' })
/** As the keypad types it: no dots. */
const typed_quantity = (milli: number): string => quantity(milli).replaceAll('.', '')

/** How much was sold and for what: the second and third of the three taps. */
export function SaleEntry({ goods, back, title, start, onSave }: SaleEntryProps) {
  const of = { unit: goods.unit }
  const listed_total = (milli: number) => Math.round((milli * goods.price_vnd) / 1000)
  const first = start?.quantity_milli ?? 1000
  const [count, set_count] = useState({ text: typed_quantity(first), fresh: true })
  /** The total that was bargained for; null: quantity times price. */
  const [bargain, set_bargain] = useState(
    start && start.total_vnd !== listed_total(first) ? { text: String(start.total_vnd), fresh: true } : null,
  )
  const [typing, set_typing] = useState<'count' | 'total'>('count')
  const [payment, set_payment] = useState<Payment>(start?.payment ?? 'cash')
  const [credit, set_credit] = useState({ buyer_name: start?.buyer_name ?? '', due_on: start?.due_on ?? '' })
  const [money_with, set_money_with] = useState<MoneyWith>(start?.money_with ?? 'coop')
  const recording = useRecording()
  useHalfTyped()

  const quantity_milli = parse(of, count.text) ?? 0
  const is_complete = quantity_milli > 0
  const total_vnd = bargain ? (parse(MONEY, bargain.text) ?? 0) : listed_total(quantity_milli)
  /** What a unit brings after bargaining. */
  const got_vnd =
    is_complete && total_vnd !== listed_total(quantity_milli)
      ? Math.round((total_vnd * 1000) / quantity_milli)
      : null
  const meant = typing === 'total' && bargain && !bargain.fresh ? thousands_meant(total_vnd) : null
  const step = is_counted(goods.unit) ? 1000 : 500
  const count_entry = (entry: { text: string; fresh: boolean }) => {
    set_count(entry)
    set_bargain(null) // Another amount is another bargain.
    set_typing('count')
  }
  const count_is = (milli: number) =>
    count_entry({ text: typed_quantity(Math.max(milli, step)), fresh: true })

  const save = () =>
    onSave({
      listing_id: goods.listing_id,
      product_name: goods.product_name,
      unit: goods.unit,
      quantity_milli,
      unit_price_vnd: goods.price_vnd,
      total_vnd,
      payment,
      ...(payment === 'credit' ? credit : {}),
      ...(manages.value ? { member_id: goods.member_id, money_with } : {}),
    })
  const finish = () => {
    if (is_complete) void recording.run(save)
  }

  return (
    <Page title={title ?? goods.product_name} back={back}>
      <div class="entry">
        <div class="entry-count">
          <button
            type="button"
            class="round"
            aria-label={t('less')}
            onClick={() => count_is(quantity_milli - step)}
          >
            <Icon name="minus" />
          </button>
          <button
            type="button"
            class={typing === 'count' ? 'entry-value on' : 'entry-value'}
            aria-pressed={typing === 'count'}
            onClick={() => {
              set_typing('count')
              set_count({ ...count, fresh: true })
            }}
          >
            <span class="unseen">{t('quantity')}: </span>
            <b class="number">{display(count.text)}</b> {goods.unit}
          </button>
          <button
            type="button"
            class="round"
            aria-label={t('more')}
            onClick={() => count_is(quantity_milli + step)}
          >
            <Icon name="plus" />
          </button>
        </div>
        <div class="quick">
          {quick_quantities(goods.unit).map((milli) => (
            <button
              type="button"
              class="pick number"
              key={milli}
              aria-pressed={milli === quantity_milli}
              onClick={() => count_is(milli)}
            >
              {quantity(milli)}
            </button>
          ))}
        </div>
        {goods.left_milli !== null && quantity_milli > goods.left_milli && (
          <p class="left low">
            <Icon name="alert" />
            {t('more_than_left', { amount: `${quantity(Math.max(goods.left_milli, 0))} ${goods.unit}` })}
          </p>
        )}
        <button
          type="button"
          class={typing === 'total' ? 'entry-total on' : 'entry-total'}
          aria-pressed={typing === 'total'}
          onClick={() => {
            set_typing('total')
            set_bargain({ text: String(total_vnd), fresh: true })
          }}
        >
          <span>
            <span class={got_vnd === null ? 'number' : 'number before'}>
              {money(goods.price_vnd)}/{goods.unit}
            </span>
            <small>
              {got_vnd === null
                ? t('tap_to_bargain')
                : t('bargained', { price: `${money(got_vnd)}/${goods.unit}` })}
            </small>
          </span>
          <b class={money_class(total_vnd)}>{money(total_vnd)}</b>
        </button>
        {meant && (
          <button
            type="button"
            class="button"
            onClick={() => set_bargain({ text: String(meant), fresh: false })}
          >
            {t('meant', { amount: money(meant) })}
          </button>
        )}
        <Picks
          label={t('payment')}
          hide_label
          picks={(['cash', 'transfer', 'credit'] as const).map((value) => ({
            value,
            label: t(`payment_${value}`),
            icon: value,
          }))}
          value={payment}
          onChange={set_payment}
        />
        {payment === 'credit' && (
          <div class="entry-buyer" ref={in_sight}>
            <CreditFields credit={credit} onChange={set_credit} />
          </div>
        )}
        {manages.value && goods.member_id !== null && (
          <Picks
            label={t('money_with')}
            picks={(['coop', 'member'] as const).map((value) => ({ value, label: t(`money_with_${value}`) }))}
            value={money_with}
            onChange={set_money_with}
          />
        )}
        <div class="entry-dock">
          <Keypad
            kind={typing === 'total' ? 'money' : is_counted(goods.unit) ? 'count' : 'parts'}
            entry={typing === 'total' && bargain ? bargain : count}
            onEntry={typing === 'total' ? set_bargain : count_entry}
            onEnter={finish}
          />
          <div class="entry-save">
            <Failed error={recording.failed} />
            <SaveButton
              lacks={is_complete ? null : t('lacks', { what: t('quantity').toLowerCase() })}
              running={recording.running}
              onClick={finish}
            >
              {t('save')}
            </SaveButton>
          </div>
        </div>
      </div>
    </Page>
  )
}
