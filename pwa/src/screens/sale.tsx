import { useState } from 'preact/hooks'
import { t, t_code } from '../messages/screens.ts'
import { edit_sale, type SaleView, void_sale, watch_record } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { date_time, money, quantity } from '../ui/format.ts'
import type { IconName } from '../ui/icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazy } from '../ui/lazy.tsx'
import { Money } from '../ui/money.tsx'
import { href } from '../ui/router.ts'
import { Sheet } from '../ui/sheet.tsx'
import { Weave } from '../ui/weave.tsx'
import { DueOn } from './due-on.tsx'
import { EditSheet } from './edit-sheet.tsx'
import { Failed } from './failed.tsx'
import { FormSheet } from './form-sheet.tsx'
import { Page } from './frame.tsx'
import { NotHere } from './not-here.tsx'
import { useRecording } from './recording.ts'
import { owed_in_words } from './sale-row.tsx'
import { manages, owner_name } from './selling-for.tsx'
import { Settle } from './settle.tsx'
import { useWatch } from './watching.ts'
import { Why } from './why.tsx'

const Receipt = lazy(() => import('./receipt.tsx')).part((screen) => screen.Receipt)

/** One sale: what was sold, where it is and why, and what can still be done about it. */
export function Sale({ id }: { id: string }) {
  const detail = useWatch(() => watch_record('sale', id), id).value.value
  const view = detail?.view
  const [asked, set_asked] = useState<'void' | 'text' | 'due' | 'paid' | 'receipt' | null>(null)
  const close = () => set_asked(null)
  if (detail === undefined)
    return (
      <Page title={t('sale')} back={href('book')}>
        {null}
      </Page>
    )
  if (view?.entity !== 'sale' || !detail)
    return (
      <Page title={t('sale')} back={href('book')}>
        <NotHere icon="book" to={href('book')} />
      </Page>
    )
  const owed = view.payment === 'credit' && !view.settled && !view.voided
  return (
    <Page title={view.product_name} back={href('book')} columns>
      <div class="card stack">
        <div class={view.counts ? 'listing-head' : 'listing-head gone'}>
          <Weave name={view.product_name} />
          <b class="big">
            <Money vnd={view.total_vnd} />
          </b>
        </div>
        {view.voided && (
          <Banner tone="bad" icon="void">
            {t('voided_why', { reason: t_code('reason', view.void_reason) ?? view.void_reason })}
          </Banner>
        )}
        {!view.counts && !view.voided && (
          <Banner tone="warn" icon="double">
            {t('counts_not')}
          </Banner>
        )}
        <Facts facts={facts_of(view)} />
        <Why detail={detail} />
      </div>
      <div class="stack">
        {owed && (
          <Button kind="save" icon="cash" onClick={() => set_asked('paid')}>
            {t('settle')}
          </Button>
        )}
        <div class="buttons">
          {view.counts && (
            <Button icon="share" onClick={() => set_asked('receipt')}>
              {t('receipt')}
            </Button>
          )}
          {owed && (
            <Button icon="calendar" onClick={() => set_asked('due')}>
              {t('edit_due')}
            </Button>
          )}
          <Button icon="note" onClick={() => set_asked('text')}>
            {t('note')}
          </Button>
          {!view.voided && (
            <>
              <ButtonLink icon="pencil" to={href('book', id, 'correct')}>
                {t('correct')}
              </ButtonLink>
              <Button kind="bad" icon="void" onClick={() => set_asked('void')}>
                {t('void')}
              </Button>
            </>
          )}
        </div>
      </div>
      {asked === 'void' && <VoidSheet sale={view} onClose={close} />}
      {asked === 'paid' && <Settle sales={[view]} onClose={close} />}
      {asked === 'receipt' && <Receipt sale={view} onClose={close} />}
      {asked === 'due' && <DueSheet sale={view} onClose={close} />}
      {asked === 'text' && (
        <EditSheet
          title={t('edit_note')}
          fields={[
            { name: 'buyer_name', label: t('buyer_name'), value: view.buyer_name },
            { name: 'note', label: t('note'), value: view.note, lines: 3 },
          ]}
          onSave={(changes) => edit_sale(id, changes)}
          onClose={close}
        />
      )}
    </Page>
  )
}

function facts_of(sale: SaleView): [name: string, value: string][] {
  const facts: [name: string, value: string][] = [
    [t('quantity'), `${quantity(sale.quantity_milli)} ${sale.unit}`],
    [t('price'), `${money(sale.unit_price_vnd)}/${sale.unit}`],
    [t('payment'), t(`payment_${sale.payment}`)],
    [t('sold_at'), date_time(sale.sold_at)],
  ]
  if (sale.payment === 'credit') facts.push([t('credit'), owed_in_words(sale)])
  if (sale.buyer_name) facts.push([t('buyer_name'), sale.buyer_name])
  if (manages.value) facts.push([t('seller'), owner_name(sale.member_id)])
  if (manages.value || sale.money_with === 'coop')
    facts.push([t('money_with'), t(`money_with_${sale.money_with}`)])
  if (sale.note) facts.push([t('note'), sale.note])
  return facts
}

/** Another day for a credit sale to be paid. */
function DueSheet({ sale, onClose }: { sale: SaleView; onClose: () => void }) {
  const [due_on, set_due_on] = useState(sale.due_on)
  const save = async () => {
    if (due_on !== sale.due_on) await edit_sale(sale.id, { due_on })
    onClose()
  }
  return (
    <FormSheet
      title={t('edit_due')}
      action={t('save')}
      lacks={due_on ? null : t('lacks', { what: t('edit_due').toLowerCase() })}
      doing={useRecording()}
      work={save}
      onClose={onClose}
    >
      <DueOn label={t('edit_due')} value={due_on} onChange={set_due_on} />
    </FormSheet>
  )
}

const REASONS: readonly [
  code: 'wrong_amount' | 'wrong_goods' | 'returned' | 'twice' | 'other',
  icon: IconName,
][] = [
  ['wrong_amount', 'scale'],
  ['wrong_goods', 'swap'],
  ['returned', 'undo'],
  ['twice', 'double'],
  ['other', 'question'],
]

/** Voiding takes a reason: a picture and a word each. */
function VoidSheet({ sale, onClose }: { sale: SaleView; onClose: () => void }) {
  const recording = useRecording()
  return (
    <Sheet title={t('void_ask')} onClose={onClose}>
      <p>
        {sale.product_name} · {quantity(sale.quantity_milli)} {sale.unit} · <Money vnd={sale.total_vnd} />
      </p>
      <div class="reasons">
        {REASONS.map(([code, icon]) => (
          <button
            type="button"
            class="pick"
            key={code}
            disabled={recording.running}
            onClick={() =>
              recording.run(async () => {
                await void_sale(sale.id, code)
                onClose()
              })
            }
          >
            <Icon name={icon} />
            {t(`reason_${code}`)}
          </button>
        ))}
      </div>
      <Failed error={recording.failed} />
      <p class="soft">{t('void_why')}</p>
    </Sheet>
  )
}
