/**
 * The keypad's arithmetic: what stands in the display after a key. A display is text as typed, with digits and at most one
 * comma; `fresh` says that it was filled in for the person, so that the first key replaces it.
 */
export interface Entry {
  readonly text: string
  readonly fresh: boolean
}

export type Key = string

export const KEYS = {
  money: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '000', '0', '⌫'],
  count: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '000', '0', '⌫'],
  parts: ['1', '2', '3', '4', '5', '6', '7', '8', '9', ',', '0', '⌫'],
} as const

/** Nobody means more; and a total of it still counts exactly. */
const DIGITS_MAX = { money: 12, count: 9, parts: 9 } as const
const DECIMALS_MAX = 3

export function press({ text, fresh }: Entry, key: Key, kind: keyof typeof KEYS): Entry {
  if (key === '⌫') return { text: fresh ? '' : text.slice(0, -1), fresh: false }
  const before = fresh || text === '0' ? '' : text
  if (key === ',') {
    if (!fresh && text.includes(',')) return { text, fresh }
    return { text: `${fresh ? '0' : text || '0'},`, fresh: false }
  }
  if (key === '000' && before === '') return { text: '0', fresh: false }
  const [whole = '', decimals] = (before + key).split(',')
  if (whole.length > DIGITS_MAX[kind] || (decimals?.length ?? 0) > DECIMALS_MAX) return { text, fresh }
  return { text: before + key, fresh: false }
}

/** Under a thousand đồng nothing is sold: `250` was meant as `250.000`. Null when there is nothing to offer. */
export const thousands_meant = (vnd: number): number | null => (vnd > 0 && vnd < 1000 ? vnd * 1000 : null)
