/** What staff fetched last, to be read where there is no network. Nothing is decided by it, and losing it loses nothing. */
import type { DBSchema } from 'idb'
import { Database } from './open.ts'

interface KeptSchema extends DBSchema {
  answers: {
    key: [string, string]
    value: { user_id: string; asked: string; answer: unknown; kept_at_ms: number }
    indexes: { user_id: string }
  }
}

export const open_kept_db = (): Database<KeptSchema> =>
  new Database<KeptSchema>({
    name: 'chophien-kept',
    version: 1,
    upgrade(db) {
      const answers = db.createObjectStore('answers', { keyPath: ['user_id', 'asked'] })
      answers.createIndex('user_id', 'user_id')
    },
  })
