import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, test } from 'vitest'
import { NEW_META, open_account_db } from '../../src/db/account_db.ts'
import { have_sums } from '../../src/db/sums.ts'
import { sale_change, sale_fields } from '../support/account.ts'

const REPLICA = '0199aa5b-0000-7000-8000-000000000002'
const CREDIT = { ...sale_fields(), payment: 'credit', buyer_name: 'chị Mỷ' }

/** The stores of the first release. */
async function first_release() {
  const db = await openDB(`chophien-${REPLICA}`, 1, {
    upgrade(db) {
      db.createObjectStore('meta')
      const rows = db.createObjectStore('rows', { keyPath: ['side', 'entity', 'id'] })
      rows.createIndex('sold_at', ['side', 'row.sold_at'])
      rows.createIndex('listing', ['side', 'entity', 'row.listing_id'])
      db.createObjectStore('day_totals', { keyPath: ['side', 'day'] })
      const outbox = db.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true })
      outbox.createIndex('at', 'mutation.at')
      outbox.createIndex('phase', ['phase', 'seq'])
      outbox.createIndex('record', ['mutation.entity', 'mutation.id'])
      db.createObjectStore('aside', { keyPath: ['entity', 'id'] })
      db.createObjectStore('syncs')
    },
  })
  await db.put('rows', { side: 0, ...sale_change('a', 'stamp', CREDIT) })
  await db.put('rows', { side: 0, ...sale_change('b', 'stamp') })
  const { summed: _, ...meta } = NEW_META
  await db.put('meta', meta, 'meta')
  await db.put('outbox', { phase: 'unsent', seq: 0, mutation: { at: 'stamp', entity: 'sale', id: 'c' } })
  db.close()
}

test('the database of the first release keeps everything, and who owes and is owed is found in it', async () => {
  await first_release()
  const db = open_account_db(REPLICA)
  await have_sums(db)
  const found = await db.read(['rows', 'outbox', 'day_sums'], async (tx) => ({
    rows: await tx.objectStore('rows').count(),
    outbox: await tx.objectStore('outbox').count(),
    on_credit: await tx.objectStore('rows').index('payment').getAllKeys([0, 'credit']),
    sums: await tx.objectStore('day_sums').getAll(),
    buyer: await tx.objectStore('rows').index('buyer').getAllKeys([0, 'chị Mỷ']),
  }))
  const sale = [[0, 'sale', 'a']]
  const sums = [
    {
      side: 0,
      member_id: CREDIT.member_id,
      day: '2026-11-21',
      sales: 2,
      with_member_vnd: CREDIT.total_vnd,
      with_coop_vnd: 0,
      on_credit_vnd: CREDIT.total_vnd,
    },
  ]
  expect(found).toEqual({ rows: 2, outbox: 1, on_credit: sale, buyer: sale, sums })
  db.close()
})
