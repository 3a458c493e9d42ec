import '../styles/money.css'
import { useState } from 'preact/hooks'
import { t } from '../messages/money.ts'
import { t as t_screens } from '../messages/screens.ts'
import { type GoodsTotal, send_state, session, watch_goods } from '../state/index.ts'
import { type OwnStatement, watch_statement } from '../state/statement.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { date, date_time, money, quantity } from '../ui/format.ts'
import { Money } from '../ui/money.tsx'
import { href } from '../ui/router.ts'
import { Page } from './frame.tsx'
import { Slip } from './receipt.tsx'
import type { ReceiptWords } from './receipt-words.ts'
import { SaleRow } from './sale-row.tsx'
import { owed_lines, Part, PlainRow, Sums } from './sums.tsx'
import { useWatch } from './watching.ts'

/** What the co-operative owes a member, from what is on the phone: it needs no network. */
export function Statement() {
  const said = useWatch(watch_statement, '').value.value
  const [slip, set_slip] = useState(false)
  return (
    <Page title={t_screens('money_owed')} back={href('book')} columns>
      {said && (
        <>
          <div class="stack">
            <Owed said={said} />
            <Button kind="main" icon="share" onClick={() => set_slip(true)}>
              {t('slip')}
            </Button>
            <Payments said={said} />
          </div>
          <div class="stack">
            {said.debts.length > 0 && (
              <Part title={t('debts')}>
                <ul class="rows">
                  {said.debts.map((sale) => (
                    <li key={sale.id}>
                      <SaleRow sale={sale} with_day />
                    </li>
                  ))}
                </ul>
              </Part>
            )}
            {said.goods && <Goods goods={said.goods} />}
            <Closed said={said} />
            <Months said={said} />
          </div>
          {slip && <Slip words={slip_words(said)} name="phieu-tien.png" onClose={() => set_slip(false)} />}
        </>
      )}
    </Page>
  )
}

const heading = ({ owed_vnd }: OwnStatement): string =>
  t(owed_vnd > 0 ? 'owed' : owed_vnd < 0 ? 'owes' : 'nothing_owed')

function Owed({ said }: { said: OwnStatement }) {
  const beside = [
    [t('with_member'), said.with_member_vnd] as const,
    [t('on_credit'), said.on_credit_vnd] as const,
  ].filter(([, vnd]) => vnd !== 0)
  return (
    <section class="card stack owed">
      <p>
        <span>{heading(said)}</span>
        <b class="big">
          <Money vnd={Math.abs(said.owed_vnd)} />
        </b>
        {said.season && (
          <small class="soft">
            {t('of_season', { name: said.season.name, day: date(said.season.ends_on) })}
          </small>
        )}
      </p>
      <Sums lines={owed_lines(said, t)} />
      {said.unsent_vnd > 0 && (
        <Banner tone="warn" icon="phone">
          {t('unsent', { amount: money(said.unsent_vnd) })}
        </Banner>
      )}
      {beside.length > 0 && (
        <div>
          <small class="soft">{t('also')}</small>
          <Sums lines={beside} />
        </div>
      )}
    </section>
  )
}

const Payments = ({ said: { payments } }: { said: OwnStatement }) => (
  <Part title={t('payments')}>
    {payments.length === 0 && <p class="soft">{t('payments_none')}</p>}
    <ul class="plain-rows">
      {payments.map(({ id, kind, amount_vnd, paid_at, method, voided, void_reason }) => (
        <PlainRow
          key={id}
          gone={voided}
          what={t(`payment_${kind}`)}
          beside={[
            date_time(paid_at),
            method && t(`method_${method}`),
            voided && t('taken_back', { why: void_reason ?? '' }),
          ]
            .filter(Boolean)
            .join(' · ')}
          vnd={amount_vnd}
        />
      ))}
    </ul>
  </Part>
)

/** So many sales are added up at once; more of them when somebody asks for it. */
const FEW = 300

function Goods({ goods }: { goods: NonNullable<OwnStatement['goods']> }) {
  const [open, set_open] = useState(goods.sales <= FEW)
  return (
    <details class="card" open={open} onToggle={({ currentTarget }) => set_open(currentTarget.open)}>
      <summary>{t('goods')}</summary>
      {open && <GoodsSold {...goods} />}
    </details>
  )
}

function GoodsSold({ since, until }: { since: string; until: string }) {
  const own = session.value?.user.id ?? ''
  const goods = useWatch(() => watch_goods(since, until, own), since + until).value.value
  return goods ? <GoodsRows goods={goods} /> : null
}

const GoodsRows = ({ goods }: { goods: readonly GoodsTotal[] }) => (
  <ul class="plain-rows">
    {goods.map(({ product_name, unit, quantity_milli, total_vnd }) => (
      <PlainRow
        key={product_name + unit}
        what={product_name || t('other_goods')}
        beside={unit && `${quantity(quantity_milli)} ${unit}`}
        vnd={total_vnd}
      />
    ))}
  </ul>
)

const Closed = ({ said: { closed } }: { said: OwnStatement }) =>
  closed.length > 0 ? (
    <Part title={t('closed')}>
      <ul class="plain-rows">
        {closed.map(({ season, owed_vnd }) => (
          <PlainRow
            key={season.id}
            what={season.name}
            beside={`${date(season.starts_on)} – ${date(season.ends_on)}`}
          >
            <span>{t('closed_owed', { amount: money(owed_vnd) })}</span>
          </PlainRow>
        ))}
      </ul>
    </Part>
  ) : null

/** What everybody in the co-operative may know. */
const Months = ({ said: { months } }: { said: OwnStatement }) =>
  months.length > 0 ? (
    <Part title={t('open')}>
      {months.slice(0, 12).map((month, place) => (
        <details key={month.id} class="card" open={place === 0}>
          <summary>{t('month', { month: month.month.slice(0, 7).split('-').reverse().join('/') })}</summary>
          <p class="soft">{t('month_members', { n: month.members, sales: month.sales })}</p>
          <Sums
            lines={[
              [t('month_sold'), month.sold_vnd],
              [t('month_paid'), month.paid_vnd],
              [t('month_owed'), month.owed_vnd],
            ]}
          />
          <GoodsRows goods={month.goods} />
        </details>
      ))}
    </Part>
  ) : null

/** The slip is drawn as a receipt is: whose, of which days, how much, and of what it is made. */
function slip_words(said: OwnStatement): ReceiptWords {
  const { last_sync_at_ms } = send_state.value
  const is_confirmed = said.unsent_vnd === 0 && last_sync_at_ms !== null
  return {
    coop: session.value?.coop?.name ?? 'Chợ Phiên',
    title: t('slip'),
    number: said.season?.name ?? '',
    sold_at: date_time(Date.now()),
    product_name: session.value?.user.name ?? '',
    quantity: heading(said),
    total: money(Math.abs(said.owed_vnd)),
    lines: owed_lines(said, t).map(([label, vnd]) => `${label}: ${money(vnd)}`),
    is_confirmed,
    state: is_confirmed
      ? t_screens('receipt_confirmed', { time: date_time(last_sync_at_ms) })
      : t_screens('receipt_unconfirmed'),
  }
}
