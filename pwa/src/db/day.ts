/** Days of Asia/Ho_Chi_Minh: +07:00 all year. */
const OFFSET_MS = 7 * 3_600_000

/** YYYY-MM-DD of an instant (ISO 8601 text or ms); '' for what is no instant. */
export function day_of(instant: string | number): string {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant)
  return Number.isFinite(ms) ? new Date(ms + OFFSET_MS).toISOString().slice(0, 10) : ''
}

/** Where a day begins, as text that sorts before each instant of it, with or without fractions. */
export function start_of(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET_MS).toISOString().slice(0, 19)
}

export function next_day(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
