import { describe, expect, it } from 'vitest'
import { finds, fold } from '../../src/ui/fold.ts'

describe('fold', () => {
  it('takes away tones, diacritics and case, and đ becomes d', () => {
    expect(fold('Mật ong bạc hà')).toBe('mat ong bac ha')
    expect(fold('Đậu ĐEN')).toBe('dau den')
  })

  it('does not care where the tone is placed', () => {
    expect(fold('hoà')).toBe(fold('hòa'))
  })

  it('finds every word in any order', () => {
    expect(finds('Mật ong bạc hà', 'ong mat')).toBe(true)
    expect(finds('Mật ong bạc hà', 'ong rung')).toBe(false)
    expect(finds('Giàng A Páo', '')).toBe(true)
  })
})
