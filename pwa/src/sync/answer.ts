/** The shape of an answer of POST /api/v1/sync. What has another shape is no answer. */
import type { Digest } from './fingerprint.ts'
import { is_stamp, type Stamp } from './stamps.ts'

export type Outcome = 'applied' | 'merged' | 'held' | 'rejected'
export type FieldErrors = Record<string, string[]>

export interface Receipt {
  at: Stamp
  outcome: Outcome
  seq: number
  /** The effective stamp, where it differs from `at`. */
  eff?: Stamp
  clock?: string
  errors?: FieldErrors
  /** What the manager who decided has to say to its author. */
  note?: string
}

/** A row of the server. `at` is the smallest stamp; `stamps` names the fields whose stamp differs. */
export interface Change {
  entity: string
  id: string
  at: Stamp
  stamps: Record<string, Stamp>
  row: Record<string, unknown>
  derived: Record<string, unknown>
}

export interface Answer {
  server_time_ms: number
  safe: number
  receipts: Receipt[]
  changes: Change[]
  cursor: string
  more: boolean
  reset: boolean
  /** Only on the last page. */
  digest?: Digest
  /** The person was erased: nothing of this book stays on the phone once all of it was sent. */
  erased?: boolean
}

type Json = Record<string, unknown>
const is_object = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const is_integer = Number.isSafeInteger
const OUTCOMES = new Set<unknown>(['applied', 'merged', 'held', 'rejected'])

function is_receipt(value: unknown): value is Receipt {
  // `at` comes back as it was sent, so it need not be a stamp of ours.
  return (
    is_object(value) &&
    typeof value.at === 'string' &&
    OUTCOMES.has(value.outcome) &&
    is_integer(value.seq) &&
    (value.eff == null || is_stamp(value.eff)) &&
    (value.errors == null || is_object(value.errors)) &&
    (value.note == null || typeof value.note === 'string')
  )
}

function is_change(value: unknown): value is Change {
  return (
    is_object(value) &&
    typeof value.entity === 'string' &&
    typeof value.id === 'string' &&
    is_stamp(value.at) &&
    is_object(value.stamps) &&
    Object.values(value.stamps).every(is_stamp) &&
    is_object(value.row) &&
    is_object(value.derived)
  )
}

function is_digest(value: unknown): value is Digest {
  return (
    is_object(value) &&
    Object.values(value).every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(is_integer))
  )
}

export function is_answer(value: unknown): value is Answer {
  return (
    is_object(value) &&
    is_integer(value.server_time_ms) &&
    is_integer(value.safe) &&
    typeof value.cursor === 'string' &&
    typeof value.more === 'boolean' &&
    typeof value.reset === 'boolean' &&
    Array.isArray(value.receipts) &&
    value.receipts.every(is_receipt) &&
    Array.isArray(value.changes) &&
    value.changes.every(is_change) &&
    (value.digest == null || is_digest(value.digest))
  )
}
