import { describe, expect, inject, test } from 'vitest'
import { open_account_db } from '../../src/db/account_db.ts'
import { offer_aside } from '../../src/sync/witness.ts'
import { answer, fresh_account, sale_change, sale_fields } from '../support/account.ts'
import { Phone } from '../support/phone.ts'

const ONE = '0199aa5b-e8f0-7abc-8def-000000000011'
const TWO = '0199aa5b-e8f0-7abc-8def-000000000012'
const A = '0199aa5be8f0-0000-00000002'

interface Offered {
  records: { id: string }[]
}

/** An account that lost its second sale in a reset; what it offers, and whether the server hears it. */
async function after_a_reset() {
  const account = fresh_account()
  const one = sale_change(ONE, A)
  const all = [one, sale_change(TWO, A)]
  await account.store.apply(null, answer(all, all, { cursor: 'old', reset: true }))
  await account.store.apply('old', answer([one], [one], { cursor: 'c', reset: true }))
  const heard: string[] = []
  const offer = (reached = true, launch = 'first') => {
    const post = async (body: unknown) => {
      if (!reached) throw new Error('no network')
      heard.push(...(body as Offered).records.map(({ id }) => id))
    }
    return offer_aside(account.db, 'r', post, launch)
  }
  return { account, one, offer, heard }
}

describe('what did not come back after a reset', () => {
  test('is offered once', async () => {
    const { offer, heard } = await after_a_reset()
    await offer()
    await offer()
    expect(heard).toEqual([TWO])
  })

  test('is offered again when the app starts again: a disk that was put back has forgotten it', async () => {
    const { offer, heard } = await after_a_reset()
    await offer()
    await offer(true, 'second')
    await offer(true, 'second')
    expect(heard).toEqual([TWO, TWO])
  })

  test('is offered again when the server was not told', async () => {
    const { offer, heard } = await after_a_reset()
    await expect(offer(false)).rejects.toThrow()
    await offer()
    expect(heard).toEqual([TWO])
  })

  test('is offered anew after another reset, unless it came back', async () => {
    const { account, one, offer, heard } = await after_a_reset()
    await offer()
    await account.store.apply('c', answer([one], [one], { cursor: 'd', reset: true }))
    await offer()
    expect(heard).toEqual([TWO, TWO])
    const two = sale_change(TWO, A)
    await account.store.apply('d', answer([one, two], [one, two], { cursor: 'e', reset: true }))
    await offer()
    expect(heard).toEqual([TWO, TWO])
  })
})

const server_url = inject('server_url')

async function ask(path: string, token: string | null, body?: unknown) {
  const response = await fetch(`${server_url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return response.json()
}

test.skipIf(server_url === '')('reaches the manager with the next sync', async () => {
  const app = await new Phone().signed_in(server_url)
  const [{ name = '' } = {}] = (await indexedDB.databases()).filter((db) => db.name?.startsWith('chophien-'))
  const db = open_account_db(name.slice('chophien-'.length))
  const row = { ...sale_fields(), member_id: app.session.value?.user.id ?? '' }
  await db.write(['aside'], (tx) => tx.objectStore('aside').put(sale_change(TWO, A, row)))
  await app.sync_now()
  const { access_token } = await ask('/auth/login', null, { login: '0900000002', password: 'chophien-demo' })
  const { items } = await ask('/reviews?kind=lost_in_restore', access_token)
  expect(items).toMatchObject([{ record_id: TWO, status: 'open', sides: [{ value: row }] }])
  const aside = await db.read(['aside'], (tx) => tx.objectStore('aside').getAll())
  expect(aside).toMatchObject([{ id: TWO, offered: expect.any(String) }])
  db.close()
})
