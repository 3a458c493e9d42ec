/** Writes the server's rows on one side, with everything that is kept beside them: digest, totals of days, the clock. */
import type { IDBPTransaction } from 'idb'
import type { Change } from '../sync/answer.ts'
import { count_in } from '../sync/fingerprint.ts'
import { type AccountSchema, type Meta, type Side, side_range } from './account_db.ts'
import { Sums } from './sums.ts'

export type ApplyTx = IDBPTransaction<
  AccountSchema,
  ('meta' | 'rows' | 'day_totals' | 'day_sums' | 'outbox' | 'aside' | 'syncs')[],
  'readwrite'
>

const other = (side: Side): Side => (side === 0 ? 1 : 0)

/** Puts a page's rows where this exchange keeps them; a page names a record once. Changes `meta`. */
export async function write_rows(tx: ApplyTx, meta: Meta, changes: Change[]): Promise<void> {
  const side = meta.staging ? other(meta.side) : meta.side
  const digest = meta.digests[side]
  const rows = tx.objectStore('rows')
  const aside = tx.objectStore('aside')
  const any_aside = (await aside.count()) > 0
  const sums = new Sums(side)
  // All requests at once: the browser works through them without waiting for us.
  const keys = changes.map(({ entity, id }): [Side, string, string] => [side, entity, id])
  const before = await Promise.all(keys.map((key) => rows.get(key)))
  const writes = changes.map((change, n) => {
    const was = before[n]
    if (was) {
      count_in(digest, was, -1)
      sums.add(was, -1)
    }
    count_in(digest, change, 1)
    sums.add(change, 1)
    const { entity, id, at, stamps, row, derived } = change
    for (const stamp of [at, ...Object.values(stamps)]) if (stamp > meta.rows_stamp) meta.rows_stamp = stamp
    return rows.put({ side, entity, id, at, stamps, row, derived })
  })
  await Promise.all(writes)
  if (any_aside) await Promise.all(changes.map(({ entity, id }) => aside.delete([entity, id])))
  await sums.write(tx)
}

/** The first page of a reset: whatever the other side held is of an earlier attempt. Changes `meta`. */
export async function begin_staging(tx: ApplyTx, meta: Meta): Promise<void> {
  const side = other(meta.side)
  await tx.objectStore('rows').delete(side_range(side))
  await tx.objectStore('day_totals').delete(side_range(side))
  await tx.objectStore('day_sums').delete(side_range(side))
  meta.digests[side] = {}
  meta.staging = true
}

/** The last page of a reset is stored: turn over, and keep aside what did not come back. Changes `meta`. */
export async function end_staging(tx: ApplyTx, meta: Meta): Promise<void> {
  const old = meta.side
  meta.side = other(old)
  meta.staging = false
  const rows = tx.objectStore('rows')
  const aside = tx.objectStore('aside')
  for (const { offered: _, ...kept } of await aside.getAll()) await aside.put(kept)
  const back = new Set(
    (await rows.getAllKeys(side_range(meta.side))).map(([, entity, id]) => `${entity}/${id}`),
  )
  for (const [, entity, id] of await rows.getAllKeys(side_range(old))) {
    if (back.has(`${entity}/${id}`)) continue
    const lost = await rows.get([old, entity, id])
    if (!lost) continue
    const { side: _, ...change } = lost
    await aside.put(change)
  }
  await rows.delete(side_range(old))
  await tx.objectStore('day_totals').delete(side_range(old))
  await tx.objectStore('day_sums').delete(side_range(old))
  meta.digests[old] = {}
}
