/** One sync of a book, and how it goes told to the screens when it is the one that is open. Loaded after the first screen. */
import { StorageError } from '../db/open.ts'
import type { Outbox } from '../db/outbox.ts'
import { SyncStore } from '../db/sync_store.ts'
import { exchange, Sizes } from '../sync/exchange.ts'
import { is_erased, TransportError } from '../sync/transport.ts'
import { offer_aside } from '../sync/witness.ts'
import { type Account, current_account } from './account.ts'
import { call_as } from './caller.ts'
import * as live from './live.ts'
import { try_others_again } from './others.ts'
import { exchange_photos, offer_photos_again } from './photos.ts'
import { storage_problem } from './publish.ts'
import { make_room } from './room.ts'
import type { SendState, SyncErrorCode } from './types.ts'
import { look_for_update } from './update.ts'

/** An account's book on this phone, open or not. */
export interface Book {
  user: { id: string }
  replica: string
  outbox: Outbox
  /** Photos wait as long as records do, and for whom nobody waits any more. */
  may_send_photos(): boolean
}

const sizes = new Sizes()

/**
 * Rejects when the server could not be asked or did not answer; what came until then is stored. `tell`: how it goes;
 * `ended`: whether anything was answered, before photos begin. Resolves to false where the book is no more: its person
 * was erased.
 */
export async function sync_book(
  book: Book,
  tell: (changes: Partial<SendState>) => void,
  ended: (answered: boolean) => Promise<void>,
): Promise<boolean> {
  const { replica, outbox, user } = book
  const store = new SyncStore(outbox)
  const started_at_ms = outbox.wall.now()
  let progress = { sent: 0, to_send: 0, received: 0 }
  let checked = false
  let erased = false
  let error: SyncErrorCode | null = null
  tell({ syncing: true, progress: null })
  try {
    const exchanged = await exchange({
      replica,
      store,
      post: async (body) => {
        const answer = await call_as(user.id, '/api/v1/sync', { body })
        const is_reset = body.cursor !== null && (answer as { reset?: unknown } | null)?.reset === true
        if (is_reset) await offer_photos_again(book)
        return answer
      },
      wall: outbox.wall,
      sizes,
      on_progress: (now) => {
        progress = now
        tell({ progress: now })
      },
    })
    checked = exchanged.checked
    erased = exchanged.erased
    if (live.storage.value.problem === 'full') storage_problem(null)
    const offer = (body: unknown) => call_as(user.id, '/api/v1/sync/witness', { body })
    await offer_aside(outbox.db, replica, offer).catch(() => {}) // the next sync tries again
  } catch (failure) {
    erased = is_erased(failure)
    error = sync_error_code(failure)
    if (error === 'client_too_old') void look_for_update()
    if (error === 'storage_full') {
      storage_problem('full')
      await make_room(book)
    }
    if (!erased) throw failure
  } finally {
    const { sent, received } = progress
    await store
      .note_sync({ started_at_ms, ended_at_ms: outbox.wall.now(), sent, received, checked, error })
      .catch(() => {})
    tell({ syncing: false, progress: null, last_error: error })
    await ended(store.answers > 0)
  }
  if (erased) await import('./forget.ts').then(({ forget_book }) => forget_book(user.id, replica))
  return !erased
}

export async function sync_account(account: Account): Promise<void> {
  const tell = (changes: Partial<SendState>): void => {
    if (current_account() === account) live.send_state.value = { ...live.send_state.value, ...changes }
  }
  const stays = await sync_book(account, tell, (answered) => account.after_sync(answered))
  try_others_again()
  if (!stays) return
  void exchange_photos(account).catch(() => {}) // The next sync tries again; nothing waits for it.
}

function sync_error_code(error: unknown): SyncErrorCode {
  if (error instanceof StorageError) return error.code === 'storage_full' ? 'storage_full' : 'failed'
  if (!(error instanceof TransportError)) return 'failed'
  if (error.code === 'token_expired' || error.code === 'unauthenticated') return 'needs_password'
  return error.code === 'too_large' ? 'failed' : error.code
}
