/** What people do with the app, chosen by chance: they sell, correct, change prices, and err. */
import type { App, StormPhone } from './phone.ts'
import type { Random } from './random.ts'

const GOODS = [
  { product_name: 'Mật ong bạc hà', unit: 'lít', unit_price_vnd: 250_000 },
  { product_name: 'Thảo quả', unit: 'kg', unit_price_vnd: 180_000 },
  { product_name: 'Lợn đen', unit: 'con', unit_price_vnd: 3_500_000 },
] as const

const ACTIONS = {
  sell: 8,
  correct: 2,
  void_sale: 2,
  note: 3,
  settle: 1,
  list_goods: 2,
  price: 3,
  withdraw: 1,
  stock: 2,
  void_stock: 1,
  called: 1,
  judge: 1,
  dismiss: 1,
  mend: 1,
} as const
export type Action = keyof typeof ACTIONS

export const choose = (random: Random): Action => random.weighed(ACTIONS)

const ids = async (phone: StormPhone, entity: string): Promise<string[]> => {
  const [rows, outbox] = await Promise.all([phone.rows(), phone.outbox()])
  const found = rows.filter((row) => row.entity === entity).map(({ id }) => id)
  for (const { mutation } of outbox) if (mutation.entity === entity) found.push(mutation.id)
  return [...new Set(found)].sort()
}

const sale = (random: Random, app: App) => {
  const goods = random.pick(GOODS)
  const amount = 1 + random.below(5)
  const listing = random.chance(0.5) ? random.pick(app.listings.value)?.id : undefined
  return {
    ...goods,
    quantity_milli: amount * 1_000,
    total_vnd: amount * goods.unit_price_vnd,
    payment: random.pick(['cash', 'transfer', 'credit'] as const),
    ...(listing ? { listing_id: listing } : {}),
  }
}

/** Rejects as the app does; false where there was nothing to do it with. */
export async function act(action: Action, random: Random, app: App, phone: StormPhone): Promise<boolean> {
  const some = async (entity: string): Promise<string | undefined> => random.pick(await ids(phone, entity))
  const goods = random.pick(GOODS)
  switch (action) {
    case 'sell':
      await app.record_sale(sale(random, app))
      return true
    case 'list_goods': {
      const { unit_price_vnd: price_vnd, ...named } = goods
      const quantity_milli = 1_000 * (1 + random.below(20))
      await app.add_listing({ ...named, price_vnd, first_stock: { quantity_milli, kind: 'harvest' } })
      return true
    }
    case 'dismiss':
    case 'mend': {
      const refused = random.pick(app.refused.value)
      if (!refused) return false
      if (action === 'dismiss') await app.dismiss_refused(refused.at)
      else await app.mend_refused(refused.at, {})
      return true
    }
    case 'called': {
      const id = app.session.value?.user.id
      if (!id || !app.members.value.some((member) => member.id === id)) return false
      await app.edit_member(id, { called: `name ${random.below(9)}` })
      return true
    }
  }
  const entity = {
    price: 'listing',
    withdraw: 'listing',
    stock: 'listing',
    judge: 'listing',
    void_stock: 'stock_entry',
  }
  const id = await some((entity as Record<string, string>)[action] ?? 'sale')
  if (!id) return false
  if (action === 'correct') await app.correct_sale(id, random.pick(['wrong', 'typo']), sale(random, app))
  if (action === 'void_sale') await app.void_sale(id, random.pick(['undo', 'returned']))
  if (action === 'note') await app.edit_sale(id, { note: `note ${random.below(9)}` })
  if (action === 'settle') await app.settle_sales([id])
  if (action === 'price') await app.edit_listing(id, { price_vnd: 1_000 * (1 + random.below(500)) })
  if (action === 'withdraw') await app.withdraw_listing(id)
  if (action === 'stock') await app.add_stock(id, 'harvest', 1_000 * (1 + random.below(9)))
  if (action === 'judge') await app.judge_listing(id, random.pick(['approved', 'refused']), 'seen')
  if (action === 'void_stock') await app.void_stock(id)
  return true
}
