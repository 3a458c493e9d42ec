/** What the whole phone shares: its small database, the word to other tabs, the server's address. */
import { open_phone_db } from '../db/phone_db.ts'
import { storage_waits } from './publish.ts'

export const phone = open_phone_db(storage_waits)

/** How long the book of who has a PIN stays open unused: `lock_after` of the settings, in minutes; 0 is at once. */
export const lock_ms = (lock_after: string | null | undefined): number => Number(lock_after ?? 5) * 60_000

/** Tells other tabs that somebody signed in or out, locked or unlocked (`session`), or uses the book (`active`). */
export const session_channel = new BroadcastChannel('chophien')

let address = ''

/** Empty in the browser: the app comes from the server that it talks to. */
export const origin = (): string => address
export function set_origin(url: string): void {
  address = url
}
