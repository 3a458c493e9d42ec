/** Takes an answer in: rows, receipts and cursor in one transaction, or nothing at all. */
import type { Answer, Receipt } from '../sync/answer.ts'
import { same_digest } from '../sync/fingerprint.ts'
import type { OutboxEntry, Phase } from '../sync/mutation.ts'
import type { Clock } from '../sync/stamps.ts'
import type { WallClock } from '../sync/wall_clock.ts'
import { type AccountSchema, type Meta, NEW_META, phase_range } from './account_db.ts'
import type { Database } from './open.ts'
import { type ApplyTx, begin_staging, end_staging, write_rows } from './rows.ts'
import { make_sums } from './sums.ts'

/** Everything is asked anew at most once a day when the digests differ. */
const ASK_ANEW_MS = 86_400_000

export interface Applied {
  /** The server says that this was the last page. */
  last: boolean
  /** Of the mutations sent, how many have a receipt now. */
  receipts: number
  checked: boolean
  /** The digests differ and everything will be asked anew with the next request. */
  asks_anew: boolean
}

interface Clocks {
  clock: Clock
  wall: WallClock
}

const ALL_STORES: ('meta' | 'rows' | 'day_totals' | 'day_sums' | 'outbox' | 'aside' | 'syncs')[] = [
  'meta',
  'rows',
  'day_totals',
  'day_sums',
  'outbox',
  'aside',
  'syncs',
]

/** `asked` is the cursor that the request carried: where another tab was faster, only receipts are taken. */
export function apply_answer(
  db: Database<AccountSchema>,
  asked: string | null,
  answer: Answer,
  { clock, wall }: Clocks,
): Promise<Applied> {
  return db.write(ALL_STORES, async (tx) => {
    const meta = (await tx.objectStore('meta').get('meta')) ?? structuredClone(NEW_META)
    const is_next = meta.cursor === asked
    if (is_next && answer.reset) {
      await void_receipts(tx)
      await begin_staging(tx, meta)
    }
    const taken = await take_receipts(tx, answer, clock)
    const applied: Applied = { last: false, receipts: taken.known, checked: false, asks_anew: false }
    if (is_next) {
      await make_sums(tx, meta)
      await write_rows(tx, meta, answer.changes)
      meta.cursor = answer.cursor
      meta.safe = answer.safe
      if (answer.digest) await take_last_page(tx, meta, answer, wall.now(), applied)
    }
    if (taken.ahead) clock.restart(answer.server_time_ms, meta.rows_stamp)
    else clock.see(meta.rows_stamp)
    meta.wall = wall.snapshot()
    await tx.objectStore('meta').put(meta, 'meta')
    return applied
  })
}

/** A reset: what the server told before may not hold for the one that answers now. Everything held is sent again. */
async function void_receipts(tx: ApplyTx): Promise<void> {
  const outbox = tx.objectStore('outbox')
  for (const entry of await outbox.getAll()) {
    if (entry.phase !== 'unsent') await outbox.put({ ...entry, phase: 'unsent', seq: 0, receipt: null })
  }
}

const PHASES: Record<Receipt['outcome'], Phase> = {
  applied: 'received',
  merged: 'received',
  held: 'held',
  rejected: 'rejected',
}

async function take_receipts(
  tx: ApplyTx,
  answer: Answer,
  clock: Clock,
): Promise<{ known: number; ahead: boolean }> {
  const outbox = tx.objectStore('outbox')
  const found = await Promise.all(answer.receipts.map(({ at }) => outbox.index('at').getAll(at)))
  let known = 0
  let ahead = false
  const taken: OutboxEntry[] = []
  const writes: Promise<number>[] = []
  for (const [n, receipt] of answer.receipts.entries()) {
    if (receipt.clock === 'ahead') ahead = true
    for (const entry of found[n] ?? []) {
      known++
      if (receipt.errors?.at?.includes('at_taken')) taken.push(entry)
      else writes.push(outbox.put(with_receipt(entry, receipt)))
    }
  }
  await Promise.all(writes)
  for (const entry of taken) await stamp_anew(tx, entry, clock, answer.server_time_ms)
  return { known, ahead }
}

function with_receipt(entry: OutboxEntry, receipt: Receipt): OutboxEntry {
  const mutation = receipt.eff == null ? entry.mutation : { ...entry.mutation, eff: receipt.eff }
  return { ...entry, mutation, receipt, phase: PHASES[receipt.outcome], seq: receipt.seq }
}

/** Another mutation has this stamp already (two equal random draws): take the next one, also in later bases. */
async function stamp_anew(tx: ApplyTx, entry: OutboxEntry, clock: Clock, now_ms: number): Promise<void> {
  const { mutation } = entry
  const outbox = tx.objectStore('outbox')
  const at = clock.read(now_ms)
  const { eff: _, ...anew } = { ...mutation, at }
  await outbox.put({ ...entry, mutation: anew, phase: 'unsent', seq: 0, receipt: null })
  for (const later of await outbox.index('record').getAll([mutation.entity, mutation.id])) {
    const named = Object.entries(later.mutation.base).filter(([, stamp]) => stamp === mutation.at)
    if (later.phase !== 'unsent' || later.order <= entry.order || named.length === 0) continue
    const base = { ...later.mutation.base, ...Object.fromEntries(named.map(([field]) => [field, at])) }
    await outbox.put({ ...later, mutation: { ...later.mutation, base } })
  }
}

/** Changes `meta` and `applied`. */
async function take_last_page(tx: ApplyTx, meta: Meta, answer: Answer, now_ms: number, applied: Applied) {
  const there = answer.digest ?? {}
  if (meta.staging) await end_staging(tx, meta)
  const outbox = tx.objectStore('outbox')
  const received = await outbox.index('phase').getAll(phase_range('received'))
  await Promise.all(received.map((entry) => outbox.put({ ...entry, phase: 'settled' })))
  const safe = await outbox.index('phase').getAllKeys(phase_range('settled', meta.safe))
  await Promise.all(safe.map((order) => outbox.delete(order)))
  meta.pulled = true
  meta.there = there
  meta.last_sync_at_ms = now_ms
  meta.differs = !same_digest(meta.digests[meta.side], there)
  applied.last = true
  applied.checked = !meta.differs
  if (!meta.differs) {
    meta.checked_at_ms = now_ms
  } else if (Math.abs(now_ms - meta.asked_anew_at_ms) >= ASK_ANEW_MS) {
    meta.asked_anew_at_ms = now_ms
    meta.cursor = null
    applied.asks_anew = true
  }
}
