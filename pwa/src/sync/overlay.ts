/** What a person sees: the server's row with the mutations of the outbox laid over it. */
import type { Change } from './answer.ts'
import type { OutboxEntry } from './mutation.ts'
import { is_complete, type Rules } from './rules.ts'
import { type Stamp, session_of, tick_above } from './stamps.ts'

export interface SeenRecord {
  row: Record<string, unknown>
  /** Per field the stamp of the value seen, for comparing. */
  stamps: Record<string, Stamp>
  /** Per field the stamp that a new mutation names as its base: the own mutation's `at`, else the row's. */
  named: Record<string, Stamp>
  derived: Record<string, unknown>
  /** False: required fields are missing, so nothing is shown. */
  complete: boolean
}

/** Whether an entry is laid over the row: not rejected, and no last page has come with or after its receipt. */
export const is_laid_over = (entry: OutboxEntry): boolean =>
  entry.phase === 'unsent' || entry.phase === 'received' || entry.phase === 'held'

/**
 * The stamp that the server will compare by. It raises a mutation above each stamp that its base names, so that what
 * was written after seeing a value wins over it, also while the clock is being restarted.
 */
function effective_stamp({ mutation, receipt }: OutboxEntry): Stamp {
  const known = receipt?.eff ?? mutation.eff
  if (known !== undefined) return known
  if (receipt) return mutation.at
  let stamp = mutation.at
  for (const base of Object.values(mutation.base)) {
    if (base >= stamp) stamp = tick_above(base, session_of(mutation.at))
  }
  return stamp
}

/** `entries` are those of this record, in the order of recording. */
export function lay_over(
  rules: Rules,
  entity: string,
  confirmed: Change | undefined,
  entries: OutboxEntry[],
): SeenRecord {
  const row = { ...confirmed?.row }
  const stamps: Record<string, Stamp> = {}
  if (confirmed) for (const field of Object.keys(row)) stamps[field] = confirmed.stamps[field] ?? confirmed.at
  const named = { ...stamps }
  for (const entry of entries) {
    if (!is_laid_over(entry)) continue
    const stamp = effective_stamp(entry)
    for (const [field, value] of Object.entries(entry.mutation.set)) {
      const kind = rules[entity]?.fields[field]?.kind
      if (!kind) continue
      const held = stamps[field]
      const stands =
        held !== undefined && (kind === 'frozen' || (kind === 'once' ? row[field] === true : held >= stamp))
      if (stands) continue
      row[field] = value
      stamps[field] = stamp
      named[field] = entry.mutation.at
    }
  }
  return { row, stamps, named, derived: confirmed?.derived ?? {}, complete: is_complete(rules, entity, row) }
}
