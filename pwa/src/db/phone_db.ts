/** The small database of the phone: who has signed in here, and settings. Holds the tokens, never records. */
import type { DBSchema } from 'idb'
import { Database, type OnWait } from './open.ts'

export interface StoredSession {
  user: { id: string; name: string; role: 'member' | 'manager' | 'admin'; coop_id: string | null }
  coop: { id: string; name: string; commune_name?: string; province_name?: string } | null
  replica: string | null
  demo: boolean
  /** What was typed to sign in: the same again takes up the same replica. */
  login: string
  access_token: string | null
  refresh_token: string | null
}

interface PhoneSchema extends DBSchema {
  sessions: { key: string; value: StoredSession }
  settings: { key: string; value: string | null }
}

export type PhoneDb = Database<PhoneSchema>

export const open_phone_db = (on_wait?: OnWait): PhoneDb =>
  new Database<PhoneSchema>(
    {
      name: 'chophien',
      version: 1,
      upgrade(db, from) {
        if (from >= 1) return
        db.createObjectStore('sessions', { keyPath: 'user.id' })
        db.createObjectStore('settings')
      },
    },
    on_wait,
  )
