import { lunar_of } from '../calendar/lunar.ts'
import { branch_of, next_market_day, weekday_of } from '../calendar/market.ts'
import { t, t_code } from '../messages/board.ts'
import type { Board } from '../state/board.ts'
import { today } from '../state/index.ts'
import { days_between } from '../ui/days.ts'
import { date } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { New } from './new-mark.tsx'

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
const branch_words = (day: string): string => t_code('branch', String(branch_of(day))) ?? ''

/** `thứ Bảy 5/12/2026` */
export const day_words = (day: string): string => `${t_code('weekday', String(weekday_of(day)))} ${date(day)}`

/** Today by all three calendars that people here go by. */
export function Today() {
  const { day } = today.value
  const lunar = lunar_of(day)
  const words = { day: day_words(day), branch: branch_words(day) }
  return (
    <p class="soft">
      {lunar
        ? t('today', {
            ...words,
            lunar: t(lunar.leap ? 'lunar_leap' : 'lunar', { day: lunar.day, month: lunar.month }),
          })
        : t('today_solar', words)}
    </p>
  )
}

/** How long until a day, in words. */
export function wait_words(day: string): string {
  const days = days_between(today.value.day, day)
  return days === 0 ? t('market_today') : days === 1 ? t('market_tomorrow') : t('market_in', { n: days })
}

/** The markets that will meet, the next one first; which day is reckoned here, offline for ever. */
export function Markets({ markets }: { markets: Board['markets'] }) {
  const coming = markets
    .filter(({ withdrawn }) => !withdrawn)
    .flatMap((market) => {
      const day = next_market_day(market.rule, today.value.day)
      return day ? [{ ...market, day }] : []
    })
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.name.localeCompare(b.name, 'vi')))
  const [next, ...later] = coming
  return (
    <section class="stack">
      <h2>{t('next_market')}</h2>
      {next ? (
        <div class="card market-next">
          <Icon name="calendar" />
          <p>
            <span class="big">{next.name}</span>
            <b class="market-wait">{wait_words(next.day)}</b>
            <span>
              {capital(t('market_day', { day: day_words(next.day), branch: branch_words(next.day) }))}
            </span>
            {next.place && <small class="soft">{next.place}</small>}
          </p>
          <New {...next} />
        </div>
      ) : (
        <p class="soft">{t('markets_none')}</p>
      )}
      {later.length > 0 && (
        <ul class="rows" aria-label={t('markets_later')}>
          {later.map(({ id, name, place, day, is_new }) => (
            <li key={id} class="row price-row">
              <span>
                <span class="row-main">
                  {name} <New is_new={is_new} />
                </span>
                {place && <small>{place}</small>}
              </span>
              <span class="end">
                <b>{wait_words(day)}</b>
                <small>{day_words(day)}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
