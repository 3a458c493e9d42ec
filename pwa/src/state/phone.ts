/** What the whole phone shares: its small database, the word to other tabs, the server's address. */
import { open_phone_db } from '../db/phone_db.ts'
import { storage_waits } from './publish.ts'

export const phone = open_phone_db(storage_waits)

/** Tells other tabs that somebody signed in or out. */
export const session_channel = new BroadcastChannel('chophien')

let address = ''

/** Empty in the browser: the app comes from the server that it talks to. */
export const origin = (): string => address
export function set_origin(url: string): void {
  address = url
}
