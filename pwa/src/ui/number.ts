import { amount, money, parse_money, parse_quantity, quantity } from './format.ts'

/** What a number is of: money in đồng, or thousandths of a unit. */
export type NumberOf = { money: true } | { unit: string }

export const is_money = (of: NumberOf): of is { money: true } => 'money' in of
export const parse = (of: NumberOf, text: string): number | null =>
  is_money(of) ? parse_money(text) : parse_quantity(text)
export const show = (of: NumberOf, value: number): string =>
  is_money(of) ? money(value) : `${quantity(value)} ${of.unit}`

/** What stands in the display while it is typed: digits in groups, the comma and what follows it as typed. */
export function display(text: string): string {
  const [whole, ...decimals] = text.split(',')
  return [amount(Number(whole)), ...decimals].join(',')
}
