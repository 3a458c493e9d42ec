import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, test } from 'vitest'
import { open_account_db } from '../../src/db/account_db.ts'
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
  await db.put('outbox', { phase: 'unsent', seq: 0, mutation: { at: 'stamp', entity: 'sale', id: 'c' } })
  db.close()
}

test('the database of the first release keeps everything, and who owes is found in it', async () => {
  await first_release()
  const db = open_account_db(REPLICA)
  const found = await db.read(['rows', 'outbox'], async (tx) => ({
    rows: await tx.objectStore('rows').count(),
    outbox: await tx.objectStore('outbox').count(),
    on_credit: await tx.objectStore('rows').index('payment').getAllKeys([0, 'credit']),
    buyer: await tx.objectStore('rows').index('buyer').getAllKeys([0, 'chị Mỷ']),
  }))
  const sale = [[0, 'sale', 'a']]
  expect(found).toEqual({ rows: 2, outbox: 1, on_credit: sale, buyer: sale })
  db.close()
})
