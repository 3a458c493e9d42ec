/** The sales book: whole days, newest first, read in windows, with the outbox laid over them. */
import { effect, signal } from '@preact/signals'
import { type DayTotalRow, days_range, type Row, side_range } from '../db/account_db.ts'
import { next_day } from '../db/day.ts'
import { type Account, current_account, signed_in_account } from './account.ts'
import * as live from './live.ts'
import { outbox_sales, seen_sales } from './seen_sales.ts'
import type { Book, BookDay, BookFilter, DayTotal, Period, SaleView } from './types.ts'

/** Sales of a window, at least, where there are as many. */
const WINDOW = 50

/** How long what was read ahead waits for who asked for it. */
const AHEAD_MS = 2_000

class SalesBook implements Book {
  readonly value = signal<BookDay[] | undefined>(undefined)
  readonly more = signal(false)
  private totals = new Map<string, DayTotalRow>()
  /** What days brought, as of `value`: the outbox changes before the rows are read again. */
  private brought = new Map<string, DayTotal>()
  /** Rows of all days from `low` on; '9' sorts after every day: nothing is read yet. */
  private rows: Row[] = []
  private low = '9'
  private reading: Promise<void> = Promise.resolve()
  private closed = false
  private readonly stop: () => void

  constructor(
    readonly account: Account,
    private readonly filter: BookFilter,
  ) {
    let rows_read = -1
    this.stop = effect(() => {
      const [rows_version] = [live.rows_version.value, live.outbox_version.value]
      if (rows_version === rows_read) return this.show()
      rows_read = rows_version
      void this.queue(() => this.read_anew())
    })
  }

  load_more(): Promise<void> {
    return this.queue(() => this.read_window())
  }

  period(since: string, until: string): Period {
    const days: DayTotal[] = []
    for (let day = since; day <= until; day = next_day(day))
      days.push(this.brought.get(day) ?? { day, count: 0, total_vnd: 0 })
    return {
      days,
      count: days.reduce((sum, { count }) => sum + count, 0),
      total_vnd: days.reduce((sum, { total_vnd }) => sum + total_vnd, 0),
    }
  }

  close(): void {
    this.closed = true
    this.stop()
  }

  /** One reading at a time. */
  private queue(work: () => Promise<void>): Promise<void> {
    this.reading = this.reading.then(() => (this.closed ? undefined : work())).catch(() => {})
    return this.reading
  }

  private async read_anew(): Promise<void> {
    const { db, model } = this.account
    const totals = await db.read(['day_totals'], (tx) =>
      tx.objectStore('day_totals').getAll(side_range(model.meta.side)),
    )
    this.totals = new Map(totals.map((total) => [total.day, total]))
    if (this.low === '9') return this.read_window()
    this.rows = await this.rows_between(this.low, this.filter.until ?? '9')
    this.show()
  }

  /** Goes on until there is something more to show, or nothing is left. */
  private async read_window(): Promise<void> {
    const shown = this.shown_sales().length
    do {
      const days = this.days().filter((day) => day < this.low)
      let sales = 0
      let low = this.low
      for (const day of days) {
        low = day
        sales += this.totals.get(day)?.sales ?? 0
        if (sales >= WINDOW) break
      }
      if (low === this.low) break
      const older = await this.rows_between(low, days[0] ?? low)
      this.low = low
      this.rows.push(...older)
    } while (this.filter.matches && this.shown_sales().length < shown + WINDOW)
    this.show()
  }

  private rows_between(low: string, high: string): Promise<Row[]> {
    const { db, model } = this.account
    const range = days_range(model.meta.side, low, high)
    return db.read(['rows'], (tx) => tx.objectStore('rows').index('sold_at').getAll(range))
  }

  /** Days that have sales, in the rows or only in the outbox, newest first. */
  private days(): string[] {
    const { since = '', until = '9' } = this.filter
    const days = new Set([...this.totals.keys(), ...outbox_sales(this.account.model).map(({ day }) => day)])
    return [...days]
      .filter((day) => day >= since && day <= until)
      .sort()
      .reverse()
  }

  private shown_sales(): SaleView[] {
    const { model } = this.account
    const sales = seen_sales(model, this.rows).filter(({ day }) => day >= this.low)
    const { matches } = this.filter
    return matches ? sales.filter(matches) : sales
  }

  private show(): void {
    if (this.closed || this.low === '9') {
      if (!this.closed && this.totals.size === 0 && outbox_sales(this.account.model).length === 0)
        this.value.value = []
      else if (!this.closed) void this.load_more()
      return
    }
    const { model } = this.account
    this.brought.clear()
    for (const day of [...this.totals.keys(), ...model.by_day.keys()])
      this.brought.set(day, { day, ...model.day_total(day, this.totals.get(day)) })
    const days = new Map<string, BookDay>()
    for (const sale of this.shown_sales().sort(newest_first)) {
      const { day } = sale
      const book_day = days.get(day) ?? { day, count: 0, total_vnd: 0, sales: [] }
      days.set(day, book_day)
      book_day.sales.push(sale)
      if (!this.filter.matches || !sale.counts) continue
      book_day.count += 1
      book_day.total_vnd += sale.total_vnd
    }
    if (!this.filter.matches) {
      for (const book_day of days.values()) Object.assign(book_day, this.brought.get(book_day.day))
    }
    this.more.value = this.days().some((day) => day < this.low)
    this.value.value = [...days.values()].sort((a, b) => (a.day < b.day ? 1 : -1))
  }
}

function newest_first(a: SaleView, b: SaleView): number {
  if (a.sold_at !== b.sold_at) return a.sold_at < b.sold_at ? 1 : -1
  return a.id < b.id ? 1 : -1
}

let ahead: SalesBook | null = null

export function open_book(filter: BookFilter = {}): Book {
  const account = signed_in_account()
  const is_all = Object.keys(filter).length === 0
  const read = is_all && ahead?.account === account ? ahead : null
  if (read) ahead = null
  return read ?? new SalesBook(account, filter)
}

/** Begins to read what the book opens with; forgotten where nobody opens it. */
export function read_book_ahead(): void {
  const account = current_account()
  if (!account) return // Its tiles stand before it is open.
  ahead?.close()
  const read = new SalesBook(account, {})
  ahead = read
  setTimeout(() => {
    if (ahead !== read) return
    ahead = null
    read.close()
  }, AHEAD_MS)
}
