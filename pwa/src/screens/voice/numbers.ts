/**
 * Numbers that a message names, as a row of recordings. In Vietnamese they are put together as they are spoken. How another
 * language makes its numbers, only those know who speak it: there a number is heard as it was recorded, or digit by digit.
 */
import { numbers_vi } from '../../messages/numbers_vi.ts'

export type NumberKey = keyof typeof numbers_vi

export const is_number = (key: string): key is NumberKey => Object.hasOwn(numbers_vi, key)

const is_vietnamese = (language: string): boolean => /^vi\b/i.test(language)

/** What is recorded of numbers for a language (a tag of BCP 47). */
export const number_keys = (language: string): NumberKey[] =>
  (Object.keys(numbers_vi) as NumberKey[]).filter((key) =>
    is_vietnamese(language) ? !/^num_\d\d/.test(key) || key === 'num_10' : !key.startsWith('vi_'),
  )

const UNITS = new Map(
  Object.entries(numbers_vi)
    .filter(([key]) => key.startsWith('unit_'))
    .map(([key, unit]) => [unit as string, key as NumberKey]),
).set('₫', 'unit_dong')

/** `1.250,5 kg`, `460.000 ₫`, `3`. */
const NUMBER = /^(\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d+))?(?:\s(\S+))?$/u
/** The largest group of three digits has a name. */
const DIGITS_MAX = 12

/** The ways to say a value, the best first; none for what is no number, or has a unit that is not recorded. */
export function ways_to_say(value: string, language: string): NumberKey[][] {
  const [, whole = '', decimals = '', unit] = NUMBER.exec(value.trim()) ?? []
  const unit_key = unit && UNITS.get(unit)
  if (!whole || (unit && !unit_key)) return []
  const digits = whole.replaceAll('.', '')
  const after = [
    ...(decimals ? (['num_point', ...[...decimals].map(digit)] as const) : []),
    ...(unit_key ? [unit_key] : []),
  ]
  if (is_vietnamese(language)) return digits.length > DIGITS_MAX ? [] : [[...vietnamese(digits), ...after]]
  const own = `num_${digits}`
  const by_digit = [...[...digits].map(digit), ...after]
  return is_number(own) ? [[own, ...after], by_digit] : [by_digit]
}

const digit = (character: string): NumberKey => `num_${character}` as NumberKey

/** `1250005` → một triệu hai trăm năm mươi nghìn không trăm linh năm. */
function vietnamese(digits: string): NumberKey[] {
  const number = String(Number(digits))
  if (number === '0') return ['num_0']
  const scales = ['vi_billion', 'vi_million', 'vi_thousand', null] as const
  const groups = number.padStart(DIGITS_MAX, '0').match(/\d{3}/g) ?? []
  const first = groups.findIndex((group) => group !== '000')
  return groups.flatMap((group, place) => {
    if (group === '000') return []
    const scale = scales[place]
    return [...group_of_three(group, place > first), ...(scale ? [scale] : [])]
  })
}

/** `follows`: something larger stands before it, so its hundreds are said even where there are none. */
function group_of_three(group: string, follows: boolean): NumberKey[] {
  const [hundreds = '0', tens = '0', ones = '0'] = group
  const says_hundreds = follows || hundreds !== '0'
  const words: NumberKey[] = says_hundreds ? [digit(hundreds), 'vi_hundred'] : []
  if (tens === '0') {
    if (ones !== '0') words.push(...(says_hundreds ? (['vi_and'] as const) : []), digit(ones))
    return words
  }
  words.push(...(tens === '1' ? (['num_10'] as const) : ([digit(tens), 'vi_tens'] as const)))
  if (ones === '0') return words
  const last = ones === '5' ? 'vi_five' : ones === '1' && tens !== '1' ? 'vi_one' : digit(ones)
  return [...words, last]
}
