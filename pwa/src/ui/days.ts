/** Reckoning with days, `YYYY-MM-DD`, as the calendar has them. */
/** Whole days from day `from` to day `to`, both `YYYY-MM-DD`. */
export const days_between = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** The day so many days after a day, `YYYY-MM-DD`. */
export const days_later = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

/** The same day of the next month, or its last one. */
export function month_later(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10)
}

/** From the Monday to the Sunday of a day's week, so many weeks from it. */
export function week_of(day: string, weeks = 0): [since: string, until: string] {
  const since_monday = (new Date(day).getUTCDay() + 6) % 7
  const monday = days_later(day, 7 * weeks - since_monday)
  return [monday, days_later(monday, 6)]
}

/** From the first to the last of a day's month, so many months from it. */
export function month_of(day: string, months = 0): [since: string, until: string] {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const text = (month: number, date: number) =>
    new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10)
  return [text(month - 1 + months, 1), text(month + months, 0)]
}
