import { useState } from 'preact/hooks'
import { t } from '../../messages/money_staff.ts'
import {
  type AccountLine,
  new_order_id,
  type Paid,
  type PaymentKind,
  type PaymentMethod,
  pay,
  void_payments,
} from '../../state/staff_money.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { amount, money, parse_money } from '../../ui/format.ts'
import { Picks } from '../../ui/picks.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Failed } from '../failed.tsx'
import { PlainRow } from '../sums.tsx'
import { useAsking } from './ask-sheet.tsx'
import { SheetButton } from './money-sheet.tsx'
import { error_words } from './money-words.ts'

const KINDS = ['payout', 'advance', 'opening'] as const

/** Pays one or many: what is asked, what it would do, then what was done, with the way back. */
export function PaySheet({
  people,
  onClose,
}: {
  people: readonly AccountLine[]
  onClose: (paid: boolean) => void
}) {
  const [id] = useState(new_order_id)
  const [kind, set_kind] = useState<PaymentKind>('payout')
  const [method, set_method] = useState<PaymentMethod>('cash')
  const [note, set_note] = useState('')
  const [typed, set_typed] = useState(amount(Math.max(people[0]?.owed_vnd ?? 0, 0)))
  const [looked, set_looked] = useState<Paid | null>(null)
  const [done, set_done] = useState<Paid | null>(null)
  const [taken_back, set_taken_back] = useState(false)
  const { running, failed, run } = useAsking()
  const [only] = people.length === 1 ? people : []
  const sign = typed.trim().startsWith('-') || typed.trim().startsWith('−') ? -1 : 1
  const given_vnd = (parse_money(typed.replace(/[-−]/, '')) ?? 0) * (kind === 'opening' ? sign : 1)
  const amounts = only
    ? [{ member_id: only.member_id, amount_vnd: given_vnd }]
    : people.map(({ member_id, owed_vnd }) => ({ member_id, amount_vnd: owed_vnd }))
  const order = { id, kind, method, note: note.trim(), amounts }
  const look = () => run(async () => set_looked(await pay(order, true)))
  const confirm = () => run(async () => set_done(await pay(order, false)))
  const take_back = () =>
    run(async () => {
      await void_payments(done?.items.map(({ payment_id }) => payment_id) ?? [], t('undo_reason'))
      set_taken_back(true)
    })
  return (
    <Sheet title={only?.name ?? t('pay_many', { n: people.length })} onClose={() => onClose(done !== null)}>
      {done ? (
        <>
          <Banner tone={taken_back ? 'warn' : 'good'} icon={taken_back ? 'undo' : 'check'}>
            {t(taken_back ? 'paid_back' : 'paid', { n: done.items.length, amount: money(done.total_vnd) })}
          </Banner>
          {!taken_back && (
            <>
              <SheetButton asked={{ batch: done.id }} label={t('sheet')} />
              <Button icon="undo" disabled={running} onClick={take_back}>
                {t('undo')}
              </Button>
            </>
          )}
        </>
      ) : looked ? (
        <>
          <ul class="plain-rows">
            {looked.items.map(({ member_id, name, amount_vnd, after_vnd }) => (
              <PlainRow
                key={member_id}
                what={name}
                beside={t('left_after', { amount: money(after_vnd) })}
                vnd={amount_vnd}
              />
            ))}
          </ul>
          <Button kind="save" icon="cash" disabled={running} onClick={confirm}>
            {t(`confirm_${kind}`, { amount: money(looked.total_vnd) })}
          </Button>
          <Button icon="back" disabled={running} onClick={() => set_looked(null)}>
            {t('change')}
          </Button>
        </>
      ) : (
        <>
          {only && (
            <>
              <Picks
                label={t('kind')}
                picks={KINDS.map((value) => ({ value, label: t(`kind_${value}`), icon: 'cash' as const }))}
                value={kind}
                onChange={set_kind}
              />
              <Field
                label={t('amount')}
                value={typed}
                onChange={set_typed}
                hint={kind === 'opening' ? t('opening_hint') : t('owed_is', { amount: money(only.owed_vnd) })}
                input={{ inputMode: kind === 'opening' ? 'text' : 'numeric', autocomplete: 'off' }}
              />
            </>
          )}
          <Picks
            label={t('method')}
            picks={[
              { value: 'cash', label: t('method_cash'), icon: 'cash' },
              { value: 'transfer', label: t('method_transfer'), icon: 'transfer' },
            ]}
            value={method}
            onChange={set_method}
          />
          <Field label={t('note')} value={note} onChange={set_note} />
          <Button
            kind="main"
            icon="next"
            disabled={running || amounts.some(({ amount_vnd }) => amount_vnd === 0)}
            onClick={look}
          >
            {t('look_first')}
          </Button>
        </>
      )}
      <Failed error={failed} words={error_words} />
    </Sheet>
  )
}
