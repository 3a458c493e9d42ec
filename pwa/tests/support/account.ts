/** One account's database with its clocks, without a server: answers are written by hand. */
import { IDBFactory } from 'fake-indexeddb'
import { open_account_db } from '../../src/db/account_db.ts'
import { Outbox } from '../../src/db/outbox.ts'
import { SyncStore } from '../../src/db/sync_store.ts'
import { ENTITIES } from '../../src/generated/entities.ts'
import type { Answer, Change, Outcome } from '../../src/sync/answer.ts'
import { count_in, type Digest } from '../../src/sync/fingerprint.ts'
import { Clock } from '../../src/sync/stamps.ts'
import { WallClock } from '../../src/sync/wall_clock.ts'

export const NOW_MS = Date.parse('2026-11-21T02:00:00Z')

export function fresh_account(now: () => number = () => NOW_MS) {
  globalThis.indexedDB = new IDBFactory()
  const db = open_account_db('0199aa5b-0000-7000-8000-000000000001')
  const outbox = new Outbox(db, ENTITIES, new Clock('00000001'), new WallClock(undefined, now))
  const store = new SyncStore(outbox)
  const phases = async () =>
    (await db.read(['outbox'], (tx) => tx.objectStore('outbox').getAll())).map(({ phase }) => phase)
  const meta = async () => {
    const found = await db.read(['meta'], (tx) => tx.objectStore('meta').get('meta'))
    if (!found) throw new Error('nothing was applied')
    return found
  }
  const row = async (entity: string, id: string) => {
    const { side } = await meta()
    return db.read(['rows'], (tx) => tx.objectStore('rows').get([side, entity, id]))
  }
  return { db, outbox, store, phases, meta, row }
}

export const sale_fields = (sold_at = '2026-11-21T01:00:00Z', total_vnd = 625_000) => ({
  product_name: 'Mật ong bạc hà',
  unit: 'lít',
  quantity_milli: 2_500,
  unit_price_vnd: 250_000,
  total_vnd,
  sold_at,
  payment: 'cash',
  member_id: '0199aa5b-e8f0-7abc-8def-000000000001',
  money_with: 'member',
})

export const sale_change = (id: string, at: string, row = sale_fields(), counts = true): Change => ({
  entity: 'sale',
  id,
  at,
  stamps: {},
  row,
  derived: { counts },
})

export function digest_of(changes: Change[]): Digest {
  const digest: Digest = {}
  for (const change of changes) count_in(digest, change, 1)
  return digest
}

/** A last page unless told otherwise; its digest is that of `all`, the records of the server. */
export function answer(changes: Change[], all: Change[] | null, rest: Partial<Answer> = {}): Answer {
  return {
    server_time_ms: NOW_MS,
    safe: 0,
    receipts: [],
    changes,
    cursor: `cursor-${Math.random()}`,
    more: all === null,
    reset: false,
    ...(all === null ? {} : { digest: digest_of(all) }),
    ...rest,
  }
}

export const receipt = (at: string, outcome: Outcome, seq: number) => ({ at, outcome, seq })
