/** What goes when the disk is full and a record must be kept: only what the server has. */
import { make_room as forget_voices } from '../voice/voice_store.ts'
import type { Account } from './account.ts'
import { make_room as forget_photos } from './photos.ts'

/** Recorded voices first, then photos; whether there was anything. */
export const make_room = async (account: Account): Promise<boolean> =>
  (await forget_voices().catch(() => false)) || forget_photos(account)
