/** One immutable change, as it is recorded and sent. */
import { DATA_VERSION } from '../generated/entities.ts'
import type { Receipt } from './answer.ts'
import type { SeenRecord } from './overlay.ts'
import type { Stamp } from './stamps.ts'

const MUTATION_BYTES_MAX = 65_536

export interface Mutation {
  at: Stamp
  v: number
  entity: string
  id: string
  set: Record<string, unknown>
  /** For each field of `set` that had a value here: the stamp of the value that it replaces. */
  base: Record<string, Stamp>
  /** Where the server found another effective stamp: sent again with it, after a restored server forgot. */
  eff?: Stamp
}

/**
 * `unsent`: no receipt. `received`: applied or merged, no last page since. `held`: kept by the server for a manager.
 * `rejected`: its author has to deal with it. `settled`: in the server's rows here, kept until a backup has it.
 */
export type Phase = 'unsent' | 'received' | 'held' | 'rejected' | 'settled'

export interface OutboxEntry {
  /** The order of recording. */
  order: number
  mutation: Mutation
  phase: Phase
  /** Of the receipt; 0 without one. */
  seq: number
  receipt: Receipt | null
  /** By this phone's corrected clock. */
  recorded_at_ms: number
}

/** Text as the server keeps it: NFC and trimmed. */
export const tidy = (value: unknown): unknown =>
  typeof value === 'string' ? value.normalize('NFC').trim() : value

/** A mutation of what the person saw; `seen` is null for a record that is not on this phone. */
export function build_mutation(
  at: Stamp,
  entity: string,
  id: string,
  changes: Record<string, unknown>,
  seen: SeenRecord | null,
): Mutation {
  const set: Record<string, unknown> = {}
  const base: Record<string, Stamp> = {}
  for (const [field, value] of Object.entries(changes)) {
    if (value === undefined) continue
    set[field] = tidy(value)
    const stamp = seen?.named[field]
    if (stamp !== undefined) base[field] = stamp
  }
  return { at, v: DATA_VERSION, entity, id, set, base }
}

const encoder = new TextEncoder()
export const byte_length = (value: unknown): number => encoder.encode(JSON.stringify(value)).length

/** Bytes are counted only where there may be too many: no unit of a text takes more than three. */
export function is_too_large(mutation: Mutation): boolean {
  const text = JSON.stringify(mutation)
  return text.length * 3 > MUTATION_BYTES_MAX && encoder.encode(text).length > MUTATION_BYTES_MAX
}
