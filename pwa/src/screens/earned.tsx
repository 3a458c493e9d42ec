import { useRef, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { type Book, type Period, today, watch_goods } from '../state/index.ts'
import { month_of, week_of } from '../ui/days.ts'
import { date, quantity } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { Money } from '../ui/money.tsx'
import { Picks } from '../ui/picks.tsx'
import { Weave } from '../ui/weave.tsx'
import { Bars } from './bars.tsx'
import { useWatch } from './watching.ts'

type Span = 'week' | 'month'

/** What a week or a month brought: its sum, a bar for each day, and behind them the numbers and the goods. */
export function Earned({ book }: { book: Book }) {
  const [span, set_span] = useState<Span>('week')
  const [away, set_away] = useState(0)
  const [since, until] = span === 'week' ? week_of(today.value.day, away) : month_of(today.value.day, away)
  // While a search reads another book, what is known of these days stands.
  const known = useRef<Period | null>(null)
  if (book.value.value) known.current = book.period(since, until)
  const days = known.current?.days
  const period = days?.[0]?.day === since && days.at(-1)?.day === until ? known.current : null
  return (
    <section class="card stack earned" aria-label={t('earned')}>
      <Picks
        label={t('earned')}
        hide_label
        picks={[
          { value: 'week', label: t('week'), icon: 'week' },
          { value: 'month', label: t('month'), icon: 'calendar' },
        ]}
        value={span}
        onChange={(span) => {
          set_span(span)
          set_away(0)
        }}
      />
      <div class="earned-head">
        <Step icon="back" label={t('earlier')} onClick={() => set_away(away - 1)} />
        <p aria-live="polite">
          <span>{away === 0 ? t(`this_${span}`) : `${short(since)} – ${date(until)}`}</span>
          <b class="big">{period && <Money vnd={period.total_vnd} />}</b>
          <small class="soft">{period && t('sales_count', { n: period.count })}</small>
        </p>
        <Step icon="next" label={t('later')} disabled={away === 0} onClick={() => set_away(away + 1)} />
      </div>
      <Bars days={period?.days ?? []} span={span} />
      {period && period.count > 0 && <Numbers period={period} since={since} until={until} />}
    </section>
  )
}

/** `2026-11-05` → `5/11` */
const short = (day: string): string => date(day).replace(/\/\d+$/, '')

const Step = (props: { icon: 'back' | 'next'; label: string; disabled?: boolean; onClick: () => void }) => (
  <button
    type="button"
    class="round"
    aria-label={props.label}
    disabled={props.disabled}
    onClick={props.onClick}
  >
    <Icon name={props.icon} />
  </button>
)

/** The goods are added up when somebody opens it, and not before: a month may have thousands of sales. */
function Numbers({ period: { days }, since, until }: { period: Period; since: string; until: string }) {
  const [open, set_open] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => set_open(currentTarget.open)}>
      <summary>{t('earned_numbers')}</summary>
      {open && (
        <>
          <Goods since={since} until={until} />
          <table class="earned-days">
            <thead>
              <tr>
                <th scope="col">{t('day')}</th>
                <th scope="col">{t('sales_short')}</th>
                <th scope="col">{t('total')}</th>
              </tr>
            </thead>
            <tbody>
              {days
                .filter(({ count }) => count > 0)
                .map(({ day, count, total_vnd }) => (
                  <tr key={day}>
                    <th scope="row">{short(day)}</th>
                    <td>{count}</td>
                    <td>
                      <Money vnd={total_vnd} />
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </>
      )}
    </details>
  )
}

function Goods({ since, until }: { since: string; until: string }) {
  const goods = useWatch(() => watch_goods(since, until), since + until).value.value
  return (
    <ul class="earned-goods">
      {goods?.map(({ product_name, unit, quantity_milli, total_vnd }) => (
        <li key={product_name + unit}>
          <Weave name={product_name} />
          <span>
            {product_name}
            <small>
              {quantity(quantity_milli)} {unit}
            </small>
          </span>
          <Money vnd={total_vnd} />
        </li>
      ))}
    </ul>
  )
}
