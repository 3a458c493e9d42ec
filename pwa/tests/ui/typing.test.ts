import { describe, expect, it } from 'vitest'
import type { KeypadKind } from '../../src/ui/keypad.tsx'
import { type Entry, press, thousands_meant } from '../../src/ui/typing.ts'

const type_as = (kind: KeypadKind, start: string, ...keys: string[]): string =>
  keys.reduce<Entry>((entry, key) => press(entry, key, kind), { text: start, fresh: true }).text
const type = (start: string, ...keys: string[]): string => type_as('parts', start, ...keys)

describe('keypad', () => {
  it('replaces what was filled in by the first key', () => {
    expect(type('1', '2', '5')).toBe('25')
  })

  it('types thousands with one key', () => {
    expect(type('1', '2', '5', '0', '000')).toBe('250000')
  })

  it('starts no number with zeros', () => {
    expect(type('1', '000', '5')).toBe('5')
    expect(type('1', '0', '5')).toBe('5')
  })

  it('takes one comma and three decimals', () => {
    expect(type('1', '2', ',', '5', ',', '5')).toBe('2,55')
    expect(type('1', ',', '5')).toBe('0,5')
    expect(type('1', '0', ',', '1', '2', '3', '4')).toBe('0,123')
  })

  it('wipes what was filled in with one step back, typed digits one by one', () => {
    expect(type('250', '⌫')).toBe('')
    expect(type('1', '2', '5', '⌫')).toBe('2')
  })

  it('stops at amounts that nobody means', () => {
    expect(type('1', ...'1234567890'.split(''))).toBe('123456789')
    expect(type_as('money', '1', ...'12345678901234'.split(''))).toBe('123456789012')
  })

  it('offers thousands for small amounts of money', () => {
    expect(thousands_meant(250)).toBe(250000)
    expect(thousands_meant(250000)).toBeNull()
    expect(thousands_meant(0)).toBeNull()
  })
})
