/**
 * Numbers, money and time as they are written in Vietnam. Money is whole đồng, quantities are thousandths of the unit.
 * By hand: the browser's own formatters cost a cheap phone half a second before the first screen stands.
 */
const OFFSET_MS = 7 * 3_600_000 // Asia/Ho_Chi_Minh, all year.
/** The day and the time of day at the co-operatives. */
const local = (instant: string | number | Date): string[] =>
  new Date(new Date(instant).getTime() + OFFSET_MS).toISOString().split('T')

/** At most three decimals, as `maximumFractionDigits` does it; less than nothing with a real minus. */
function decimal(value: number): string {
  const rounded = Number.isInteger(value) ? value : Math.round(value * 1000) / 1000
  const [whole = '', part] = String(Math.abs(rounded)).split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, '.')
  return `${rounded < 0 ? '−' : ''}${grouped}${part ? `,${part}` : ''}`
}

/** `1250000` → `1.250.000` */
export const amount = (vnd: number): string => decimal(vnd)

/** `1250000` → `1.250.000 ₫`, with a space that never breaks. */
export const money = (vnd: number): string => `${decimal(vnd)}\u00a0₫`

/** `2500` thousandths → `2,5` */
export const quantity = (milli: number): string => decimal(milli / 1000)

/** The day at the co-operatives of an instant, `YYYY-MM-DD`. */
export const day_of = (instant: string | number | Date): string => local(instant)[0] ?? ''

/** `2026-11-05` → `5/11/2026` */
export function date(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date}/${month}/${year}`
}

/** An instant's time of day, `9:05`. */
export const time = (instant: string | number): string =>
  local(instant)[1]?.slice(0, 5).replace(/^0/, '') ?? ''

/** An instant in full, `5/11/2026 9:05`. */
export const date_time = (instant: string | number): string => `${date(day_of(instant))} ${time(instant)}`

/** `1_500_000` bytes → `1,5 MB` */
export const bytes = (count: number): string =>
  count < 100_000
    ? `${decimal(Math.round(count / 100) / 10)} KB`
    : `${decimal(Math.round(count / 100_000) / 10)} MB`

/** What was typed for money, dots and spaces ignored: đồng, or null when it is no number. */
export function parse_money(typed: string): number | null {
  const digits = typed.replace(/[\s.₫đ]/gi, '')
  return /^\d{1,12}$/.test(digits) ? Number(digits) : null
}

/** What was typed for a quantity, `2,5` or `2.5`: thousandths, or null when it is no quantity. */
export function parse_quantity(typed: string): number | null {
  const match = /^(\d{0,9})(?:[.,](\d{0,3}))?$/.exec(typed.trim())
  if (!match || !/\d/.test(typed)) return null
  return Number(match[1] || 0) * 1000 + Number((match[2] ?? '').padEnd(3, '0'))
}
