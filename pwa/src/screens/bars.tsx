import { t } from '../messages/screens.ts'
import { type DayTotal, today } from '../state/index.ts'
import { date, money } from '../ui/format.ts'

const HIGH = 100
/** What was sold at all is seen, however much more another day brought. */
const LOWEST = 4
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** A bar for each day, as high as what it brought; a screen reader hears a list of days. */
export function Bars({ days, span }: { days: readonly DayTotal[]; span: 'week' | 'month' }) {
  const most = Math.max(1, ...days.map(({ total_vnd }) => total_vnd))
  return (
    <ol class={`bars ${span}`}>
      {days.map(({ day, count, total_vnd }, n) => {
        const high = total_vnd > 0 ? Math.max(LOWEST, (HIGH * total_vnd) / most) : 0
        const label = span === 'week' ? t(`day_${WEEKDAYS[n] ?? 'mon'}`) : n % 7 === 0 ? n + 1 : ''
        const sold = count > 0 ? `${t('sales_count', { n: count })}, ${money(total_vnd)}` : t('sales_none')
        return (
          <li key={day} class={day === today.value.day ? 'bar now' : 'bar'}>
            <svg
              viewBox={`0 0 10 ${HIGH}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={`${date(day)}: ${sold}`}
            >
              <rect y={HIGH - high} width="10" height={high} />
            </svg>
            <span aria-hidden="true">{label}</span>
          </li>
        )
      })}
    </ol>
  )
}
