import { useState } from 'preact/hooks'
import { t } from '../../messages/money_staff.ts'
import { session } from '../../state/index.ts'
import {
  type AccountLine,
  fetch_account,
  type MemberAccount,
  void_payments,
} from '../../state/staff_money.ts'
import { Button } from '../../ui/button.tsx'
import { date_time, money, quantity } from '../../ui/format.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { Failed } from '../failed.tsx'
import { Slip } from '../receipt.tsx'
import type { ReceiptWords } from '../receipt-words.ts'
import { owed_lines, PlainRow, type SumLine, Sums } from '../sums.tsx'
import { useAsking } from './ask-sheet.tsx'
import { ShownKept, useFetched } from './fetched.tsx'
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
  const asking = useAsking()
  if (slip) return <Slip words={slip} name="phieu-tien.png" onClose={() => set_slip(null)} />
  const take_back = (id: string) =>
    asking.run(async () => {
      await void_payments([id], t('undo_reason'))
      set_changed(true)
      account.again()
    })
  return (
    <Sheet title={line.name} onClose={() => props.onClose(changed)}>
      <ShownKept fetched={account} also={t('kept_also')}>
        {(answer) => (
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
                <PlainRow
                  key={id}
                  gone={voided}
                  what={t(`kind_${kind}`)}
                  beside={date_time(paid_at) + (voided ? ` · ${void_reason ?? ''}` : '')}
                  vnd={amount_vnd}
                >
                  {!voided && props.can_pay && (
                    <Button icon="undo" onClick={() => take_back(id)}>
                      {t('undo')}
                    </Button>
                  )}
                </PlainRow>
              ))}
            </ul>
            {answer.goods.length > 0 && <h3>{t('goods')}</h3>}
            <ul class="plain-rows">
              {answer.goods.map(({ product_name, unit, delivered_milli, sold_milli, total_vnd }) => (
                <PlainRow
                  key={product_name + unit}
                  what={product_name}
                  beside={
                    t('delivered_sold', {
                      delivered: `${quantity(delivered_milli)} ${unit}`,
                      sold: `${quantity(sold_milli)} ${unit}`,
                    }) +
                    (sold_milli > 0 ? ` · ${money(Math.round((total_vnd * 1000) / sold_milli))}/${unit}` : '')
                  }
                  vnd={total_vnd}
                />
              ))}
            </ul>
            {answer.debts.length > 0 && <h3>{t('on_credit')}</h3>}
            <ul class="plain-rows">
              {answer.debts.map(({ id, product_name, buyer_name, sold_at, total_vnd }) => (
                <PlainRow
                  key={id}
                  what={product_name}
                  beside={[buyer_name, date_time(sold_at)].filter(Boolean).join(' · ')}
                  vnd={total_vnd}
                />
              ))}
            </ul>
          </>
        )}
      </ShownKept>
      <Failed error={asking.failed} words={error_words} />
    </Sheet>
  )
}

const lines_of = (said: MemberAccount): SumLine[] => [...owed_lines(said, t), [t('owed'), said.owed_vnd]]

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
