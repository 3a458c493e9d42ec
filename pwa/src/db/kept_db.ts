/** What staff fetched last, to be read where there is no network. Nothing is decided by it, and losing it loses nothing. */
import type { DBSchema } from 'idb'
import { Database } from './open.ts'

interface KeptSchema extends DBSchema {
  answers: { key: string; value: { asked: string; answer: unknown; kept_at_ms: number } }
}

export type KeptDb = Database<KeptSchema>

/** One for each account, so that it goes when the account's book goes. */
export const kept_name = (user_id: string): string => `chophien-kept-${user_id}`

export const open_kept_db = (user_id: string): KeptDb =>
  new Database<KeptSchema>({
    name: kept_name(user_id),
    version: 1,
    upgrade(db) {
      db.createObjectStore('answers', { keyPath: 'asked' })
    },
  })
