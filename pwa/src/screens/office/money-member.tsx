import { useState } from 'preact/hooks'
import { t } from '../../messages/money_staff.ts'
import { session } from '../../state/index.ts'
import {
  type AccountLine,
  fetch_account,
  type MemberAccount,
  void_payments,
} from '../../state/staff_money.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { date_time, money, quantity } from '../../ui/format.ts'
import { Money } from '../../ui/money.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Slip } from '../receipt.tsx'
import type { ReceiptWords } from '../receipt-words.ts'
import { Shown, useFetched } from './fetched.tsx'
import { error_words } from './money-words.ts'

/** One member's account in full, with the slip to share. */
export function MemberSheet(props: {
  line: AccountLine
  season: string
  can_pay: boolean
  onPay: () => void
  onClose: (changed: boolean) => void
}) {
  const { line, season } = props
  const account = useFetched(() => fetch_account(line.member_id, season), line.member_id)
  const [slip, set_slip] = useState<ReceiptWords | null>(null)
  const [changed, set_changed] = useState(false)
  const [failed, set_failed] = useState<unknown>(null)
  if (slip) return <Slip words={slip} name="phieu-tien.png" onClose={() => set_slip(null)} />
  const take_back = (id: string) =>
    void_payments([id], t('undo_reason')).then(() => {
      set_changed(true)
      account.again()
    }, set_failed)
  return (
    <Sheet title={line.name} onClose={() => props.onClose(changed)}>
      <Shown fetched={account}>
        {({ answer }) => (
          <>
            <Sums lines={lines_of(answer)} />
            {props.can_pay && (
              <Button kind="main" icon="cash" onClick={props.onPay}>
                {t('pay_one')}
              </Button>
            )}
            <Button icon="share" onClick={() => set_slip(slip_words(answer))}>
              {t('slip')}
            </Button>
            {answer.payments.length > 0 && <h3>{t('payments')}</h3>}
            <ul class="plain-rows">
              {answer.payments.map(({ id, kind, amount_vnd, paid_at, voided, void_reason }) => (
                <li key={id}>
                  <span class={voided ? 'gone' : ''}>
                    {t(`kind_${kind}`)}
                    <small class="soft">
                      {date_time(paid_at)}
                      {voided && ` · ${void_reason ?? ''}`}
                    </small>
                  </span>
                  <Money vnd={amount_vnd} />
                  {!voided && props.can_pay && (
                    <Button icon="undo" onClick={() => take_back(id)}>
                      {t('undo')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {answer.goods.length > 0 && <h3>{t('goods')}</h3>}
            <ul class="plain-rows">
              {answer.goods.map(({ product_name, unit, delivered_milli, sold_milli, total_vnd }) => (
                <li key={product_name + unit}>
                  <span>
                    {product_name}
                    <small class="soft">
                      {t('delivered_sold', {
                        delivered: `${quantity(delivered_milli)} ${unit}`,
                        sold: `${quantity(sold_milli)} ${unit}`,
                      })}
                      {sold_milli > 0 && ` · ${money(Math.round((total_vnd * 1000) / sold_milli))}/${unit}`}
                    </small>
                  </span>
                  <Money vnd={total_vnd} />
                </li>
              ))}
            </ul>
            {answer.debts.length > 0 && <h3>{t('on_credit')}</h3>}
            <ul class="plain-rows">
              {answer.debts.map(({ id, product_name, buyer_name, sold_at, total_vnd }) => (
                <li key={id}>
                  <span>
                    {product_name}
                    <small class="soft">{[buyer_name, date_time(sold_at)].filter(Boolean).join(' · ')}</small>
                  </span>
                  <Money vnd={total_vnd} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Shown>
      {failed !== null && (
        <Banner tone="bad" icon="alert">
          {error_words(failed)}
        </Banner>
      )}
    </Sheet>
  )
}

const lines_of = (said: MemberAccount): [label: string, vnd: number][] =>
  (
    [
      [t('before'), said.before_vnd],
      [t('late'), said.late_vnd],
      [t('opening'), said.opening_vnd],
      [t('with_coop'), said.with_coop_vnd],
      [t('advances'), -said.advances_vnd],
      [t('payouts'), -said.payouts_vnd],
      [t('owed'), said.owed_vnd],
    ] as [string, number][]
  ).filter(([label, vnd]) => vnd !== 0 || label === t('owed'))

const Sums = ({ lines }: { lines: readonly (readonly [string, number])[] }) => (
  <dl class="sums">
    {lines.map(([label, vnd]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>
          <Money vnd={vnd} />
        </dd>
      </div>
    ))}
  </dl>
)

const slip_words = (said: MemberAccount): ReceiptWords => ({
  coop: session.value?.coop?.name ?? 'Chợ Phiên',
  title: t('slip'),
  number: said.season?.name ?? '',
  sold_at: date_time(Date.now()),
  product_name: said.name,
  quantity: t('owed'),
  total: money(said.owed_vnd),
  lines: lines_of(said)
    .slice(0, -1)
    .map(([label, vnd]) => `${label}: ${money(vnd)}`),
  is_confirmed: true,
  state: t('slip_by', { name: session.value?.user.name ?? '' }),
})
