/** What goes when the disk is full and a record must be kept: only what the server has. */
import { make_room as forget_voices } from '../voice/voice_store.ts'
import { make_room as forget_photos } from './photos.ts'
import type { Book } from './syncing.ts'

/** Recorded voices first, then photos; whether there was anything. */
export const make_room = async (book: Book): Promise<boolean> =>
  (await forget_voices().catch(() => false)) || forget_photos(book)
