import { describe, expect, test } from 'vitest'
import { answer, fresh_account, NOW_MS, receipt, sale_change, sale_fields } from '../support/account.ts'

const ONE = '0199aa5b-e8f0-7abc-8def-00000000000a'
const TWO = '0199aa5b-e8f0-7abc-8def-00000000000b'
const A = '019aa423c900-0000-00000009'
const B = '019aa423c901-0000-00000009'

const record = async (account: ReturnType<typeof fresh_account>, id = ONE) => {
  const [recorded] = await account.outbox.record([{ entity: 'sale', id, changes: sale_fields() }])
  if (!recorded) throw new Error('not recorded')
  return recorded.entry.mutation.at
}

describe('receipts', () => {
  test('a mutation is sent until it has a receipt, and forgotten only when it is safe and a last page has come', async () => {
    const account = fresh_account()
    const { store, phases } = account
    const at = await record(account)
    expect((await store.next_batch(1_000, 1e6)).mutations.map((mutation) => mutation.at)).toEqual([at])
    const mine = sale_change(ONE, at)

    await store.apply(null, answer([], null, { cursor: 'one', receipts: [receipt(at, 'applied', 7)] }))
    expect(await phases()).toEqual(['received'])
    expect((await store.next_batch(1_000, 1e6)).unsent).toBe(0)
    await store.apply('one', answer([mine], [mine], { cursor: 'two', safe: 6 }))
    expect(await phases()).toEqual(['settled'])
    await store.apply('two', answer([], [mine], { safe: 7 }))
    expect(await phases()).toEqual([])
  })

  test('a rejected one stays with its errors until its author has dealt with it', async () => {
    const account = fresh_account()
    const at = await record(account)
    const refused = { ...receipt(at, 'rejected', 7), errors: { total_vnd: ['range'] } }
    await account.store.apply(null, answer([], [], { safe: 99, receipts: [refused] }))
    expect(await account.phases()).toEqual(['rejected'])
    await account.outbox.record([], [at])
    expect(await account.phases()).toEqual([])
  })

  test('a held one is kept until it is decided anew', async () => {
    const account = fresh_account()
    const at = await record(account)
    await account.store.apply(
      null,
      answer([], null, { cursor: 'c', more: false, receipts: [receipt(at, 'held', 7)] }),
    )
    expect(await account.phases()).toEqual(['held'])
    const mine = sale_change(ONE, at)
    await account.store.apply('c', answer([mine], [mine], { receipts: [receipt(at, 'applied', 9)] }))
    expect(await account.phases()).toEqual(['settled'])
  })

  test('a stamp that somebody else has is taken anew, and later mutations name the new one', async () => {
    const account = fresh_account()
    const at = await record(account)
    await account.outbox.record([{ entity: 'sale', id: ONE, changes: { note: 'một' } }])
    await account.outbox.record([{ entity: 'sale', id: ONE, changes: { note: 'hai' } }])
    const notes = (await account.store.next_batch(9, 1e6)).mutations
    expect(notes[2]?.base).toEqual({ note: notes[1]?.at })
    const taken = (stamp: string) => ({ ...receipt(stamp, 'rejected', 7), errors: { at: ['at_taken'] } })
    await account.store.apply(null, answer([], [], { receipts: [taken(at), taken(notes[1]?.at ?? '')] }))
    const { mutations } = await account.store.next_batch(9, 1e6)
    expect(mutations).toHaveLength(3)
    expect(mutations[0]?.at).not.toBe(at)
    expect(mutations[2]?.base).toEqual({ note: mutations[1]?.at })
  })

  test('an answer to an older question of another tab gives only its receipts', async () => {
    const account = fresh_account()
    const at = await record(account)
    const theirs = sale_change(TWO, A)
    await account.store.apply(null, answer([theirs], [theirs], { cursor: 'new', reset: true }))
    await account.store.apply(null, answer([], [], { reset: true, receipts: [receipt(at, 'applied', 7)] }))
    expect(await account.phases()).toEqual(['received'])
    expect(await account.meta()).toMatchObject({ cursor: 'new', differs: false })
    expect(await account.row('sale', TWO)).toBeDefined()
  })
})

describe('a reset', () => {
  const settled = async () => {
    const account = fresh_account()
    const at = await record(account)
    const all = [sale_change(ONE, at), sale_change(TWO, A)]
    const first = { cursor: 'old', reset: true, receipts: [receipt(at, 'applied', 7)] }
    await account.store.apply(null, answer(all, all, first))
    expect(await account.phases()).toEqual(['settled'])
    return { account, at, all }
  }

  test('makes all receipts void and sends again everything that is still held', async () => {
    const { account, at } = await settled()
    await account.store.apply('old', answer([], null, { cursor: 'c', reset: true }))
    expect((await account.store.next_batch(9, 1e6)).mutations.map((mutation) => mutation.at)).toEqual([at])
  })

  test('shows the rows there were until the last page is stored', async () => {
    const { account, all } = await settled()
    const [one, two] = all as [(typeof all)[0], (typeof all)[0]]
    await account.store.apply('old', answer([one], null, { cursor: 'c', reset: true }))
    expect(await account.row('sale', TWO)).toBeDefined()
    await account.store.apply('c', answer([two], all))
    expect(await account.row('sale', ONE)).toBeDefined()
    expect(await account.row('sale', TWO)).toBeDefined()
    expect(await account.meta()).toMatchObject({ staging: false, differs: false })
    const days = await account.db.read(['day_totals'], (tx) => tx.objectStore('day_totals').getAll())
    expect(days).toMatchObject([{ day: '2026-11-21', count: 2, total_vnd: 1_250_000, sales: 2 }])
  })

  test('keeps aside what did not come back, until it does', async () => {
    const { account, all } = await settled()
    const [one, two] = all as [(typeof all)[0], (typeof all)[0]]
    const aside = () => account.db.read(['aside'], (tx) => tx.objectStore('aside').getAll())
    await account.store.apply('old', answer([one], [one], { cursor: 'c', reset: true }))
    expect(await account.row('sale', TWO)).toBeUndefined()
    expect(await aside()).toEqual([two])
    await account.store.apply('c', answer([two], all))
    expect(await aside()).toEqual([])
  })

  test('that is itself interrupted by another one begins again', async () => {
    const { account, all } = await settled()
    await account.store.apply('old', answer([sale_change('lost', B)], null, { cursor: 'c', reset: true }))
    await account.store.apply('c', answer(all, all, { reset: true }))
    expect(await account.meta()).toMatchObject({ staging: false, differs: false })
    expect(await account.row('sale', 'lost')).toBeUndefined()
  })
})

describe('the digest', () => {
  test('that differs makes the phone ask for everything again, at most once a day', async () => {
    let now_ms = NOW_MS
    const account = fresh_account(() => now_ms)
    const [one, two] = [sale_change(ONE, A), sale_change(TWO, B)]
    const first = await account.store.apply(null, answer([one], [one, two], { reset: true }))
    expect(first).toMatchObject({ checked: false, asks_anew: true })
    expect(await account.meta()).toMatchObject({ cursor: null, differs: true })
    const second = await account.store.apply(null, answer([one], [one, two], { reset: true, cursor: 'c' }))
    expect(second).toMatchObject({ checked: false, asks_anew: false })
    now_ms += 86_400_000
    expect(await account.store.apply('c', answer([], [one, two]))).toMatchObject({ asks_anew: true })
    expect(await account.store.apply(null, answer([one, two], [one, two], { reset: true }))).toMatchObject({
      checked: true,
    })
  })

  test('follows a row that changes, and the totals of the days with it', async () => {
    const account = fresh_account()
    const was = sale_change(ONE, A)
    await account.store.apply(null, answer([was], [was], { reset: true, cursor: 'c' }))
    const voided = {
      ...sale_change(ONE, A, { ...sale_fields(), ...{ voided: true, void_reason: 'undo' } }, false),
      stamps: { voided: B, void_reason: B },
    }
    expect(await account.store.apply('c', answer([voided], [voided]))).toMatchObject({ checked: true })
    const days = await account.db.read(['day_totals'], (tx) => tx.objectStore('day_totals').getAll())
    expect(days).toMatchObject([{ count: 0, total_vnd: 0, sales: 1 }])
  })
})

describe('batches', () => {
  test('hold what fits, in the order of recording, and at least one', async () => {
    const account = fresh_account()
    for (let sale = 0; sale < 5; sale++) await record(account, `0199aa5b-e8f0-7abc-8def-00000000010${sale}`)
    expect((await account.store.next_batch(3, 1e6)).mutations).toHaveLength(3)
    const small = await account.store.next_batch(1_000, 1_000)
    expect(small.mutations).toHaveLength(2)
    expect(small.unsent).toBe(5)
    expect((await account.store.next_batch(1_000, 1)).mutations).toHaveLength(1)
  })

  test('a mutation of more than 64 KiB is not recorded', async () => {
    const account = fresh_account()
    const changes = { ...sale_fields(), note: 'ố'.repeat(30_000) }
    await expect(account.outbox.record([{ entity: 'sale', id: ONE, changes }])).rejects.toMatchObject({
      code: 'too_large',
    })
    expect(await account.phases()).toEqual([])
  })

  test('when one of several drafts cannot be recorded, none is', async () => {
    const account = fresh_account()
    const good = { entity: 'sale', id: ONE, changes: sale_fields() }
    const bad = { entity: 'sale', id: TWO, changes: { ...sale_fields(), note: 'x'.repeat(70_000) } }
    await expect(account.outbox.record([good, bad])).rejects.toThrow()
    expect(await account.phases()).toEqual([])
  })
})
