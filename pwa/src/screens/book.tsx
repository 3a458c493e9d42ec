import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import {
  type BookDay,
  type BookFilter,
  open_book,
  type Book as SalesBook,
  type SaleView,
} from '../state/index.ts'
import { Empty } from '../ui/banner.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { finds } from '../ui/fold.ts'
import { Money } from '../ui/money.tsx'
import { Picks } from '../ui/picks.tsx'
import { href } from '../ui/router.ts'
import { SearchField } from '../ui/search-field.tsx'
import { ShowAll } from '../ui/show-all.tsx'
import { Debts } from './debts.tsx'
import { Earned } from './earned.tsx'
import { first_sales } from './first-sales.ts'
import { Page } from './frame.tsx'
import { day_name, SaleRow } from './sale-row.tsx'
import { useWatch } from './watching.ts'

type Kind = 'all' | 'owed' | 'look'

/** Whether somebody has to look at it. */
const asks = ({ state }: SaleView): boolean => state === 'look' || state === 'refused'

/** The sales book, day by day. It stays read while one of its sales is open, so that going back finds the same place. */
export function Book({ hidden }: { hidden: boolean }) {
  const [kind, set_kind] = useState<Kind>('all')
  const [query, set_query] = useState('')
  const filter: BookFilter =
    kind === 'all' && !query
      ? {}
      : {
          matches: (sale) =>
            (kind === 'all' || asks(sale)) &&
            finds(`${sale.product_name} ${sale.buyer_name} ${sale.note}`, query),
        }
  const asked = `${kind} ${query}`
  const book = useWatch(() => open_book(filter), asked)
  const days = book.value.value
  // Drawn once, with its sales: without them it would be laid out twice before anybody can read one.
  const is_read = useRef(false)
  is_read.current ||= days !== undefined
  const show_all = () => {
    set_kind('all')
    set_query('')
  }
  if (!is_read.current)
    return (
      <Page title={t('book')} hidden={hidden} columns>
        {null}
      </Page>
    )
  return (
    <Page title={t('book')} hidden={hidden} columns>
      <div class="stack">
        <Earned book={book} />
        <ButtonLink icon="cash" to={href('statement')}>
          {t('money_owed')}
        </ButtonLink>
      </div>
      <div class="stack">
        <SearchField value={query} onChange={set_query} label={t('search_book')} />
        <Picks
          label={t('filter')}
          hide_label
          picks={[
            { value: 'all', label: t('filter_all'), icon: 'book' },
            { value: 'owed', label: t('filter_owed'), icon: 'credit' },
            { value: 'look', label: t('filter_look'), icon: 'eye' },
          ]}
          value={kind}
          onChange={set_kind}
        />
        {kind === 'owed' ? (
          <Debts query={query} onAll={show_all} />
        ) : (
          <>
            {days?.length === 0 && <Nothing kind={kind} query={query} onAll={show_all} />}
            {days && <Days key={asked} days={days} book={book} />}
          </>
        )}
      </div>
    </Page>
  )
}

const Nothing = ({ kind, query, onAll }: { kind: Kind; query: string; onAll: () => void }) =>
  kind === 'all' && !query ? (
    <Empty
      icon="book"
      action={
        <ButtonLink kind="main" icon="sell" to={href('sell')}>
          {t('sell')}
        </ButtonLink>
      }
    >
      {t('book_empty')}
    </Empty>
  ) : (
    <Empty icon={query ? 'search' : 'eye'} action={<ShowAll onClick={onAll} />}>
      {t(query ? 'nothing_found' : 'look_empty')}
    </Empty>
  )

/** What a phone's screen shows of them at first, and more as the end comes near: what nobody looks at is not drawn. */
const ROWS_FIRST = 3
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

const Day = ({ day, total_vnd, sales }: BookDay) => (
  <section class="day">
    <h2>
      <span>{day_name(day)}</span>
      <Money vnd={total_vnd} />
    </h2>
    <ul class="rows">
      {sales.map((sale) => (
        <li key={sale.id}>
          <SaleRow sale={sale} />
        </li>
      ))}
    </ul>
  </section>
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
