import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import {
  type BookDay,
  type BookFilter,
  open_book,
  type Book as SalesBook,
  type SaleView,
  today,
} from '../state/index.ts'
import { Empty } from '../ui/banner.tsx'
import { days_between } from '../ui/days.ts'
import { finds } from '../ui/fold.ts'
import { date, quantity, time } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { Money } from '../ui/money.tsx'
import { Picks } from '../ui/picks.tsx'
import { href } from '../ui/router.ts'
import { SearchField } from '../ui/search-field.tsx'
import { Weave } from '../ui/weave.tsx'
import { first_sales } from './first-sales.ts'
import { Page } from './frame.tsx'
import { manages, owner_name } from './selling-for.tsx'
import { useWatch } from './watching.ts'

type Kind = 'all' | 'owed' | 'look'

const KINDS: Record<Kind, (sale: SaleView) => boolean> = {
  all: () => true,
  owed: ({ payment, settled, counts }) => payment === 'credit' && !settled && counts,
  look: ({ state }) => state === 'look' || state === 'refused',
}

/** The sales book, day by day. It stays read while one of its sales is open, so that going back finds the same place. */
export function Book({ hidden }: { hidden: boolean }) {
  const [kind, set_kind] = useState<Kind>('all')
  const [query, set_query] = useState('')
  const filter: BookFilter =
    kind === 'all' && !query
      ? {}
      : {
          matches: (sale) =>
            KINDS[kind](sale) && finds(`${sale.product_name} ${sale.buyer_name} ${sale.note}`, query),
        }
  const asked = `${kind} ${query}`
  const book = useWatch(() => open_book(filter), asked)
  const days = book.value.value
  return (
    <Page title={t('book')} hidden={hidden}>
      <SearchField value={query} onChange={set_query} label={t('search_book')} />
      <Picks
        label={t('filter')}
        hide_label
        picks={[
          { value: 'all', label: t('filter_all') },
          { value: 'owed', label: t('filter_owed') },
          { value: 'look', label: t('filter_look') },
        ]}
        value={kind}
        onChange={set_kind}
      />
      {days?.length === 0 && (
        <Empty icon="book">{t(kind === 'all' && !query ? 'book_empty' : 'nothing_found')}</Empty>
      )}
      {days && <Days key={asked} days={days} book={book} />}
    </Page>
  )
}

/** A screenful at first, and more as the end comes near: what nobody looks at is not drawn. */
const ROWS_FIRST = 10
const ROWS_MORE = 40

function Days({ days, book }: { days: BookDay[]; book: SalesBook }) {
  const [room, set_room] = useState(ROWS_FIRST)
  const drawn = first_sales(days, room)
  const is_all = drawn.length === days.length && drawn.at(-1)?.sales.length === days.at(-1)?.sales.length
  const draw_more = async () => {
    if (is_all) await book.load_more()
    set_room(room + ROWS_MORE)
  }
  return (
    <>
      {drawn.map((day) => (
        <Day key={day.day} {...day} />
      ))}
      {(!is_all || book.more.value) && <More key={`${room} ${days.length}`} load={draw_more} />}
    </>
  )
}

/** Today and yesterday, by the corrected clock, by name; other days by date. */
export function day_name(day: string): string {
  const ago = days_between(day, today.value.day)
  return ago === 0 ? t('today') : ago === 1 ? t('yesterday') : date(day)
}

const Day = ({ day, total_vnd, sales }: BookDay) => (
  <section class="day">
    <h2>
      <span>{day_name(day)}</span>
      <Money vnd={total_vnd} />
    </h2>
    <ul class="rows">
      {sales.map((sale) => (
        <li key={sale.id}>
          <SaleRow {...sale} />
        </li>
      ))}
    </ul>
  </section>
)

/** Whether a sale on credit is paid, and for when that was promised. */
export function owed_in_words({ settled, due_on }: SaleView): string {
  if (settled || !due_on) return t(settled ? 'settled' : 'owed')
  return t(due_on < today.value.day ? 'owed_since' : 'owed_until', { day: date(due_on) })
}

export const SaleRow = (sale: SaleView) => (
  <a class={sale.counts ? 'row' : 'row gone'} href={href('book', sale.id)}>
    <Weave name={sale.product_name} />
    <span>
      <b class="row-main">{sale.product_name}</b>
      <small>
        {quantity(sale.quantity_milli)} {sale.unit} · {time(sale.sold_at)}
        {sale.payment !== 'cash' && ` · ${t(`payment_${sale.payment}`)}`}
        {sale.buyer_name && ` · ${sale.buyer_name}`}
        {manages.value && ` · ${owner_name(sale.member_id)}`}
      </small>
      {sale.payment === 'credit' && sale.counts && (
        <small class={sale.settled ? 'good' : 'warn'}>{owed_in_words(sale)}</small>
      )}
      {sale.voided && (
        <small class="void">
          <Icon name="void" />
          {t('voided')}
        </small>
      )}
    </span>
    <span class="end">
      <b>
        <Money vnd={sale.total_vnd} />
      </b>
      <Mark state={sale.state} />
    </span>
  </a>
)

/** Reads on when the end of the list comes near. */
function More({ load }: { load: () => Promise<void> }) {
  const end = useRef<HTMLDivElement>(null)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void latest.current()
      },
      { rootMargin: '600px' },
    )
    if (end.current) seen.observe(end.current)
    return () => seen.disconnect()
  }, [])
  return <div class="more" ref={end} />
}
