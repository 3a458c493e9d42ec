import { describe, expect, it } from 'vitest'
import { is_counted, quick_quantities, UNITS } from '../../src/ui/units.ts'

describe('units', () => {
  it('offers halves of what is weighed or measured', () => {
    expect(quick_quantities('kg')).toEqual([500, 1000, 2000, 5000])
    expect(quick_quantities('lít')).toEqual([500, 1000, 2000, 5000])
  })

  it('offers whole numbers of what is counted', () => {
    expect(quick_quantities('con')).toEqual([1000, 2000, 3000, 5000, 10000])
  })

  it('lets a unit that nobody foresaw be sold in parts', () => {
    expect(is_counted('gùi')).toBe(false)
  })

  it('names each unit once', () => {
    expect(new Set(UNITS).size).toBe(17)
    expect(UNITS).toHaveLength(17)
  })
})
