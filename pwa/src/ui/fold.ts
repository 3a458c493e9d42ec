/**
 * Text as people search it: without case, tone, diacritics or tone placement, đ as d.
 * NFD alone leaves đ standing; `ł`-like letters do not occur in Vietnamese or its minority Latin scripts.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Whether every word of `query` occurs in `text`, both folded. An empty query finds everything. */
export function finds(text: string, query: string): boolean {
  const folded = fold(text)
  return fold(query)
    .split(' ')
    .every((word) => folded.includes(word))
}
