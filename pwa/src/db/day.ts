/** Days of Asia/Ho_Chi_Minh: +07:00 all year. */
const OFFSET_MS = 7 * 3_600_000

/** YYYY-MM-DD of an instant (ISO 8601 text or ms); '' for what is no instant. */
export function day_of(instant: string | number): string {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant)
  return Number.isFinite(ms) ? new Date(ms + OFFSET_MS).toISOString().slice(0, 10) : ''
}

/** Whether it is a day that the co-op's server takes, YYYY-MM-DD; of the calendar, as date inputs give it. */
export const is_day = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && text >= '2000-01-01' && text <= '2100-12-31'

/** Where a day begins, as text that sorts before each instant of it, with or without fractions. */
export function start_of(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET_MS).toISOString().slice(0, 19)
}

export function next_day(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
