/**
 * The order of the Vietnamese alphabet: a ă â b c d đ e ê … o ô ơ … u ư; tones decide last, case not at all.
 * By hand: making the browser's collator costs a cheap phone a seventh of a second before the first screen stands.
 */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g
const BREVE = '\u0306' // Of ă, which comes before â with its \u0302.
const FIRST_MARK = '\u0301' // No tone is left when it is put there.

const decomposed = (text: string): string => text.toLowerCase().normalize('NFD').replaceAll('đ', 'd\u0302')
const without_tones = (text: string): string => text.replace(TONES, '').replaceAll(BREVE, FIRST_MARK)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** For `sort`: less than 0 when `a` comes first. */
export function in_order(a: string, b: string): number {
  if (a === b) return 0
  const [of_a, of_b] = [decomposed(a), decomposed(b)]
  return compare(without_tones(of_a), without_tones(of_b)) || compare(of_a, of_b)
}
