import { describe, expect, it } from 'vitest'
import { days_between, days_later, month_later, month_of, week_of } from '../../src/ui/days.ts'
import {
  amount,
  bytes,
  date,
  date_time,
  day_of,
  money,
  parse_money,
  parse_quantity,
  quantity,
  time,
} from '../../src/ui/format.ts'

import { display } from '../../src/ui/number.ts'

describe('format', () => {
  it('writes money with dots and the đồng sign that never wraps', () => {
    expect(money(1250000)).toBe('1.250.000\u00a0₫')
    expect(money(0)).toBe('0\u00a0₫')
  })

  it('knows the day a week and a month from now, whatever the length of the month', () => {
    expect(days_later('2026-12-28', 7)).toBe('2027-01-04')
    expect(month_later('2026-12-28')).toBe('2027-01-28')
    expect(month_later('2026-01-31')).toBe('2026-02-28')
    expect(month_later('2028-01-31')).toBe('2028-02-29')
  })

  it('knows the week and the month of a day, and those before, across the turn of a year', () => {
    expect(week_of('2026-11-22')).toEqual(['2026-11-16', '2026-11-22'])
    expect(week_of('2026-11-23')).toEqual(['2026-11-23', '2026-11-29'])
    expect(week_of('2027-01-02', -1)).toEqual(['2026-12-21', '2026-12-27'])
    expect(month_of('2026-11-22')).toEqual(['2026-11-01', '2026-11-30'])
    expect(month_of('2027-01-31', -2)).toEqual(['2026-11-01', '2026-11-30'])
    expect(month_of('2028-03-31', -1)).toEqual(['2028-02-01', '2028-02-29'])
  })

  it('writes quantities with a comma and no needless zeros', () => {
    expect(quantity(2500)).toBe('2,5')
    expect(quantity(12000)).toBe('12')
    expect(quantity(-125)).toBe('−0,125')
    expect(quantity(1_234_567)).toBe('1.234,567')
    expect(amount(999_999_999_999_999)).toBe('999.999.999.999.999')
    expect(amount(0)).toBe('0')
    expect(quantity(1234500)).toBe('1.234,5')
  })

  it('counts the day where the goods are sold, wherever the phone believes to be', () => {
    expect(day_of('2026-11-20T16:59:59Z')).toBe('2026-11-20')
    expect(day_of('2026-11-20T17:00:00Z')).toBe('2026-11-21')
    expect(time('2026-11-21T02:05:00Z')).toBe('9:05')
    expect(time('2026-11-20T17:00:00Z')).toBe('0:00')
    expect(date_time(2 ** 48 - 1)).toMatch(/^\d+\/\d+\/10889 /)
    expect(date_time('2026-11-21T02:05:00Z')).toBe('21/11/2026 9:05')
  })

  it('writes days before months', () => {
    expect(date('2026-11-05')).toBe('5/11/2026')
    expect(days_between('2026-10-31', '2026-11-02')).toBe(2)
  })

  it('writes sizes of storage in kilobytes, then megabytes', () => {
    expect(bytes(45_300)).toBe('45,3 KB')
    expect(bytes(1_500_000)).toBe('1,5 MB')
  })

  it('reads money as people type it', () => {
    expect(parse_money('1.250.000 ₫')).toBe(1250000)
    expect(parse_money('250 000')).toBe(250000)
    expect(parse_money('')).toBeNull()
    expect(parse_money('hai')).toBeNull()
    expect(parse_money('-5')).toBeNull()
  })

  it('reads quantities with comma or point', () => {
    expect(parse_quantity('2,5')).toBe(2500)
    expect(parse_quantity('2.5')).toBe(2500)
    expect(parse_quantity(',5')).toBe(500)
    expect(parse_quantity('10')).toBe(10000)
    expect(parse_quantity('2,')).toBe(2000)
    expect(parse_quantity('2,5555')).toBeNull()
    expect(parse_quantity(',')).toBeNull()
  })

  it('groups digits while they are typed, and keeps the comma', () => {
    expect(display('')).toBe('0')
    expect(display('999999999')).toBe('999.999.999')
    expect(display('1250,')).toBe('1.250,')
    expect(display('2,50')).toBe('2,50')
  })
})
