/** What was recorded just now is seen arriving in its list: that explains where it went. */
const FRESH_MS = 15_000

/** By its id (UUIDv7), whose first 48 bits are when it was made. */
export function is_fresh(id: string, now_ms = Date.now()): boolean {
  const age_ms = now_ms - Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
  return age_ms >= 0 && age_ms < FRESH_MS
}
