import { money } from './format.ts'

/** From here on an amount has no room beside anything on a narrow screen. */
const LONG_VND = 1e10

export const is_long = (vnd: number): boolean => Math.abs(vnd) >= LONG_VND
export const money_class = (vnd: number): string => (is_long(vnd) ? 'money long' : 'money')

/** An amount never breaks within its digits; a very long one is written smaller. */
export const Money = ({ vnd }: { vnd: number }) => <span class={money_class(vnd)}>{money(vnd)}</span>
