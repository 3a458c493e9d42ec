/** The Vietnamese lunar calendar from 5 February 2000 to the end of the lunar year 2100, as `server/board/calendar.py` has it. */
const DAY_MS = 86_400_000
const FIRST_YEAR = 2000
const FIRST_DAY = Date.UTC(2000, 1, 5) / DAY_MS
const DIGITS_A_YEAR = 5

/** Five hexadecimal digits a year: after which month comes its leap month (0: none), and a bit for each month of 30 days. */
const YEARS =
  '006934152b0052b00a5b2155a0056a70b6500ba500d4951a9500a950052d40aad00ab5915aa005d200da561d4a00e4a00c964192e0055600a' +
  'b5215b2006d260ea5007250064b50c97004ab0055b30ada00b6ab175200b9200b2561a4b00a4d004ad5095b005ad00baa21b5200d9271d250' +
  '0d2500a55514ad004b6006b530daa00eca80e9200e9300d2660a5600a5b0055a40ad500b550074a30e9300a937152b0052b00a9b5155a0056' +
  'a00b654174a00d4a81a9500c950092d60aad00ab5005aa40da500ea500d4a31d1500c96719560055600ab5516b4006d400ea540e8a0068b81' +
  '497004ab0095b60ada00b6a007544172500b4500a8b2152b004ad'

export interface LunarDay {
  year: number
  month: number
  day: number
  /** In the month that repeats its number. */
  leap: boolean
}

/** The lunar day of a day, `YYYY-MM-DD`; null outside the table. */
export function lunar_of(day: string): LunarDay | null {
  let left = Date.parse(day) / DAY_MS - FIRST_DAY
  if (left < 0) return null
  for (let place = 0; place < YEARS.length; place += DIGITS_A_YEAR) {
    const leap = Number.parseInt(YEARS.slice(place, place + 1), 16)
    const long_months = Number.parseInt(YEARS.slice(place + 1, place + DIGITS_A_YEAR), 16)
    for (let month = 0; month < (leap ? 13 : 12); month++) {
      const days = 29 + ((long_months >> month) & 1)
      if (left < days)
        return {
          year: FIRST_YEAR + place / DIGITS_A_YEAR,
          month: month + (leap && month >= leap ? 0 : 1),
          day: left + 1,
          leap: leap > 0 && month === leap,
        }
      left -= days
    }
  }
  return null
}
