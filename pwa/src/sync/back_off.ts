/** When to try again: exponential with jitter, at most five minutes, not before the server asked for within them. */

const FIRST_MS = 2_000
export const LONGEST_MS = 300_000

/** `failures` in a row, at least 1; `random` in [0, 1). */
export function back_off_ms(failures: number, retry_after_ms: number | null, random = Math.random()): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16))
  const jittered = ceiling / 2 + (random * ceiling) / 2
  return Math.min(LONGEST_MS, Math.max(jittered, retry_after_ms ?? 0))
}
