import '../styles/board.css'
import { useEffect } from 'preact/hooks'
import { t, t_code } from '../messages/board.ts'
import { t as t_screens } from '../messages/screens.ts'
import { type Board as Told, watch_board } from '../state/board.ts'
import { look_at_board } from '../state/board_news.ts'
import { session, today } from '../state/index.ts'
import { date, money } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { href } from '../ui/router.ts'
import { BoardCard } from './board-card.tsx'
import { day_words, Markets, Today } from './board-markets.tsx'
import { Needs } from './board-needs.tsx'
import { Page } from './frame.tsx'
import { New } from './new-mark.tsx'
import { NOTICE_ICONS } from './notice-icons.ts'
import { Part } from './sums.tsx'
import { told_words } from './told-words.ts'
import { useWatch } from './watching.ts'

/** What the co-operative tells its members, and what a member told it: all of it is on the phone. */
export function Board() {
  const board = useWatch(watch_board, '').value.value
  useEffect(() => {
    if (board) look_at_board(board.newest)
  }, [board?.newest])
  return (
    <Page title={t_screens('board')} back={href('sell')} columns>
      <div class="stack">
        <Today />
        {board && <Markets markets={board.markets} />}
        {board && <Notices notices={board.notices} />}
      </div>
      <div class="stack">
        {board && (
          <Needs needs={board.needs.filter(({ member_id }) => member_id === session.value?.user.id)} />
        )}
        {board && <Prices prices={board.prices} />}
      </div>
    </Page>
  )
}

/** Whether it is still to come, or of no day at all. */
const is_current = ({ starts_on, ends_on }: Told['notices'][number]): boolean =>
  (ends_on || starts_on || '9') >= today.value.day

function Notices({ notices }: { notices: Told['notices'] }) {
  const shown = notices.filter((notice) => !notice.withdrawn && is_current(notice))
  return (
    <Part title={t('notices')}>
      {shown.length === 0 && <p class="soft">{t('notices_none')}</p>}
      {shown.map((notice) => (
        <BoardCard key={notice.id} icon={NOTICE_ICONS[notice.kind]}>
          <small>
            {t_code('notice', notice.kind) ?? t('notice_other')} <New {...notice} />
          </small>
          <h3>{notice.title}</h3>
          <NoticeDays {...notice} />
          {notice.body && <p class="lines">{notice.body}</p>}
          <small class="soft">{told_words(notice)}</small>
        </BoardCard>
      ))}
    </Part>
  )
}

function NoticeDays({ starts_on, ends_on }: Pick<Told['notices'][number], 'starts_on' | 'ends_on'>) {
  const since = starts_on && day_words(starts_on)
  const until = ends_on && day_words(ends_on)
  if (!since && !until) return null
  return (
    <p class="line notice-days">
      <Icon name="calendar" />
      {since && until
        ? since === until
          ? t('notice_on', { day: since })
          : t('notice_between', { since, until })
        : since
          ? t('notice_from', { day: since })
          : t('notice_until', { day: until ?? '' })}
    </p>
  )
}

function Prices({ prices }: { prices: Told['prices'] }) {
  const shown = prices
    .filter(({ withdrawn }) => !withdrawn)
    .sort((a, b) => a.product_name.localeCompare(b.product_name, 'vi') || (a.as_of < b.as_of ? 1 : -1))
  return (
    <Part title={t('prices')}>
      <p class="soft">{t(shown.length === 0 ? 'prices_none' : 'prices_why')}</p>
      <ul class="rows">
        {shown.map((price) => (
          <li key={price.id} class="row price-row">
            <span>
              <span class="row-main">
                {price.product_name} <New {...price} />
              </span>
              <small>
                {[price.place, t(`price_${price.source}`, { day: date(price.as_of) })]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </span>
            <span class="end">
              <b class="number">
                {money(price.usual_vnd)}
                <wbr />/{price.unit}
              </b>
              {price.low_vnd < price.high_vnd && (
                <small>{t('price_range', { low: money(price.low_vnd), high: money(price.high_vnd) })}</small>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  )
}
