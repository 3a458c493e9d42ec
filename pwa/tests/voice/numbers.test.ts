import { describe, expect, it } from 'vitest'
import { numbers_en } from '../../src/messages/numbers_en.ts'
import { numbers_vi } from '../../src/messages/numbers_vi.ts'
import { number_keys, ways_to_say } from '../../src/screens/voice/numbers.ts'
import { money } from '../../src/ui/format.ts'
import { UNITS } from '../../src/ui/units.ts'

const spoken = (value: string, language = 'vi'): string[] =>
  ways_to_say(value, language).map((keys) =>
    keys.map((key) => numbers_vi[key].replace(/ \(.*/, '')).join(' '),
  )

describe('a number in a Vietnamese voice', () => {
  it.each([
    ['0', 'không'],
    ['5', 'năm'],
    ['10', 'mười'],
    ['11', 'mười một'],
    ['15', 'mười lăm'],
    ['20', 'hai mươi'],
    ['21', 'hai mươi mốt'],
    ['34', 'ba mươi bốn'],
    ['55', 'năm mươi lăm'],
    ['100', 'một trăm'],
    ['105', 'một trăm linh năm'],
    ['110', 'một trăm mười'],
    ['111', 'một trăm mười một'],
    ['1.000', 'một nghìn'],
    ['1.005', 'một nghìn không trăm linh năm'],
    ['15.000', 'mười lăm nghìn'],
    ['460.000', 'bốn trăm sáu mươi nghìn'],
    ['1.250.000', 'một triệu hai trăm năm mươi nghìn'],
    ['1.000.005', 'một triệu không trăm linh năm'],
    ['2.050.021', 'hai triệu không trăm năm mươi nghìn không trăm hai mươi mốt'],
    ['3.000.000.000', 'ba tỷ'],
    [
      '999.999.999.999',
      'chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín',
    ],
    ['2,5 kg', 'hai phẩy năm kg'],
    ['30 phút', 'ba mươi phút'],
  ])('%s is said as it is spoken', (value, words) => {
    expect(spoken(value)).toEqual([words])
  })

  it('is money where it is money', () => {
    expect(spoken(money(460_000))).toEqual(['bốn trăm sáu mươi nghìn đồng'])
  })
})

describe('a number in a voice of another language', () => {
  it('is heard as it was recorded, else digit by digit: nobody here knows its grammar', () => {
    expect(ways_to_say('100.000 ₫', 'hmn')).toEqual([
      ['num_100000', 'unit_dong'],
      ['num_1', 'num_0', 'num_0', 'num_0', 'num_0', 'num_0', 'unit_dong'],
    ])
    expect(ways_to_say('21', 'tyz')).toEqual([['num_2', 'num_1']])
  })

  it('asks for no word that only makes Vietnamese numbers', () => {
    expect(number_keys('hmn').filter((key) => key.startsWith('vi_'))).toEqual([])
    expect(number_keys('hmn')).toContain('num_500000')
    expect(number_keys('vi-VN')).toContain('vi_thousand')
    expect(number_keys('vi')).not.toContain('num_20')
  })
})

describe('what is no number', () => {
  it.each(['Gà đồi', '9:05', '5/11/2026', '', '3 phiếu', '−5', '1.2', '1.000.000.000.000.000'])(
    '%s is left to the voice of the phone',
    (value) => expect(ways_to_say(value, 'vi')).toEqual([]),
  )
})

describe('recorded numbers', () => {
  it('have every unit that goods are sold in, in both languages', () => {
    for (const unit of UNITS) expect(spoken(`3 ${unit}`)).toEqual([`ba ${unit}`])
    expect(Object.keys(numbers_en)).toEqual(Object.keys(numbers_vi))
  })

  it('need nothing that the recorder does not ask for', () => {
    for (const language of ['vi', 'hmn'])
      for (const value of ['1.234.567.890 ₫', '1.015', '21', '500.000 ₫', '2,5 kg'])
        for (const key of ways_to_say(value, language).flat()) expect(number_keys(language)).toContain(key)
  })
})
