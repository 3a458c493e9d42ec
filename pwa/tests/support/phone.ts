/** A phone: its storage outlives the app, the app starts anew as often as a test wants. */
import { IDBFactory } from 'fake-indexeddb'
import { vi } from 'vitest'
import { rest } from '../storm/phone.ts'

export type App = typeof import('../../src/state/index.ts')

export class Phone {
  private storage = new IDBFactory()

  /** Starts the app as after a cold launch: nothing in memory. */
  async launch(url: string): Promise<App> {
    globalThis.indexedDB = this.storage
    vi.resetModules()
    const app = await import('../../src/state/index.ts')
    await app.start(url)
    return app
  }

  /** Nothing of the app that was launched last runs any more when it resolves; what is stored stays. */
  async put_away(): Promise<void> {
    const { current_account, set_account } = await import('../../src/state/account.ts')
    await rest(current_account())
    set_account(null)
  }

  /** Launches and signs a demo member in; the first pull is stored. */
  async signed_in(url: string, login = '0900000011'): Promise<App> {
    const app = await this.launch(url)
    const result = await app.sign_in(login, 'chophien-demo')
    if (!result.ok) throw new Error(result.code)
    await app.sync_now()
    return app
  }
}

export const honey = {
  product_name: 'Mật ong bạc hà',
  unit: 'lít',
  quantity_milli: 2_500,
  unit_price_vnd: 250_000,
  total_vnd: 625_000,
  payment: 'cash',
} as const
