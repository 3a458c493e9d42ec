/**
 * The small database of the phone: who uses it, the gates before their books, and settings. Holds the tokens, never
 * records.
 */
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
  signed_out?: boolean
  /** The last refresh token after it was refused or ended: it only tells whether its person was erased since. */
  ended_token?: string | null
}

/** The gate before one account's book: never the PIN, never sent. How much of a gate it is: docs/decisions. */
export interface StoredPin {
  user_id: string
  salt: Uint8Array<ArrayBuffer>
  iterations: number
  hash: ArrayBuffer
  /** How many digits it has, so that nobody need say that they have typed them all. */
  digits: number
  /** Wrong ones in a row, counted before each is looked at. */
  wrong: number
  /** How long the next one had to wait at `wait_from_ms` of the phone's clock. */
  wait_ms: number
  wait_from_ms: number
  /** When its book was last used, by the phone's clock; null while it is locked. */
  active_at_ms: number | null
}

interface PhoneSchema extends DBSchema {
  sessions: { key: string; value: StoredSession }
  settings: { key: string; value: string | null }
  pins: { key: string; value: StoredPin }
}

export type PhoneDb = Database<PhoneSchema>

export const open_phone_db = (on_wait?: OnWait): PhoneDb =>
  new Database<PhoneSchema>(
    {
      name: 'chophien',
      version: 2,
      upgrade(db, from) {
        if (from < 1) {
          db.createObjectStore('sessions', { keyPath: 'user.id' })
          db.createObjectStore('settings')
        }
        if (from < 2) db.createObjectStore('pins', { keyPath: 'user_id' })
      },
    },
    on_wait,
  )

/** Signing out takes the tokens and leaves the book. Releases before `signed_out` kept one account signed in, the current. */
export const is_signed_out = ({ signed_out, refresh_token }: StoredSession): boolean =>
  signed_out ?? refresh_token === null
