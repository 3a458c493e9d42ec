/** The units that goods are sold in. What can be weighed or measured is also sold in parts, what is counted only whole. */
const PARTS = ['kg', 'lạng', 'yến', 'tạ', 'tấn', 'lít']
const COUNTS = ['con', 'bó', 'mớ', 'chục', 'quả', 'cái', 'bộ', 'hộp', 'chai', 'gói', 'túi']

export const UNITS: readonly string[] = [...PARTS, ...COUNTS]

/** Whether a unit is sold whole only. A unit that nobody foresaw may be sold in parts. */
export const is_counted = (unit: string): boolean => COUNTS.includes(unit)

/** The quantities offered at one tap, in thousandths. */
export const quick_quantities = (unit: string): readonly number[] =>
  is_counted(unit) ? [1000, 2000, 3000, 5000, 10000] : [500, 1000, 2000, 5000]
