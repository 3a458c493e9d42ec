/**
 * Sends and receives for everyone whose book is on this phone and who does not have it in hand: in turn, one loop for
 * all tabs. An account that fails (its password is needed, say) holds up nobody else.
 */
import { NEW_META, open_account_db, phase_range } from '../db/account_db.ts'
import { Outbox } from '../db/outbox.ts'
import { is_signed_out, type StoredSession } from '../db/phone_db.ts'
import { ENTITIES } from '../generated/entities.ts'
import { SyncLoop, with_lock } from '../sync/loop.ts'
import { Clock } from '../sync/stamps.ts'
import { is_erased, TransportError, transport } from '../sync/transport.ts'
import { WallClock } from '../sync/wall_clock.ts'
import { book_name, current_account } from './account.ts'
import { is_refused } from './caller.ts'
import { origin, phone } from './phone.ts'

/** One for the page. */
export const others = new SyncLoop({ name: 'chophien-others', sync: sync_others, may_try: () => true })

/** How many records of a book only this phone has. */
export async function unsent_of(replica: string): Promise<number> {
  const db = open_account_db(replica)
  try {
    return await db.read(['outbox'], (tx) =>
      tx.objectStore('outbox').index('phase').count(phase_range('unsent')),
    )
  } finally {
    db.close()
  }
}

/** Somebody waits for the network. */
let out_of_reach = false

/** The server has just answered whoever has the phone in hand: nobody need wait longer. */
export function try_others_again(): void {
  if (out_of_reach) void others.now()
}

async function sync_others(): Promise<void> {
  out_of_reach = false
  const sessions = await phone.read(['sessions'], (tx) => tx.objectStore('sessions').getAll())
  let failure: unknown = null
  for (const session of sessions) {
    const { replica } = session
    const is_in = replica !== null && !is_signed_out(session) && session.refresh_token !== null
    try {
      if (is_in) await with_lock(book_name(replica), () => sync_one(session, replica))
      else await ask_whether_erased(session)
    } catch (error) {
      failure ??= error
      if (!(error instanceof TransportError)) continue
      out_of_reach ||= ['no_network', 'no_answer', 'timeout', 'unavailable'].includes(error.code)
      if (error.code === 'no_network') break
    }
  }
  if (failure) throw failure // The loop tries again, later and later.
}

async function sync_one({ user }: StoredSession, replica: string): Promise<void> {
  // Whoever has taken up the phone meanwhile sends for themselves.
  const is_open = () => current_account()?.replica === replica
  if (is_open()) return
  const { sync_book } = await import('./syncing.ts')
  const { exchange_photos } = await import('./photos.ts')
  const db = open_account_db(replica)
  try {
    const outbox = new Outbox(db, ENTITIES, new Clock(), new WallClock())
    const meta = await db.read(['meta'], (tx) => tx.objectStore('meta').get('meta'))
    outbox.learn(meta ?? NEW_META)
    const book = { user, replica, outbox, may_send_photos: () => !is_open() }
    const tell = (): void => {}
    const stays = await sync_book(book, tell, async (answered) => {
      if (answered) tell_tabs(replica)
    })
    if (stays) await exchange_photos(book).catch(() => {})
  } finally {
    db.close()
  }
}

/** With these tokens the server was asked since this page was loaded. */
const asked = new Set<string>()

/** Who was shut out or has signed out here may have been erased since: then nothing of theirs stays on this phone. */
async function ask_whether_erased({ user, replica, ended_token }: StoredSession): Promise<void> {
  if (!ended_token || asked.has(ended_token)) return
  try {
    await transport(origin())('/api/v1/auth/refresh', { token: ended_token })
  } catch (error) {
    if (!is_refused(error)) throw error
    if (is_erased(error)) await import('./forget.ts').then(({ forget_book }) => forget_book(user.id, replica))
  }
  asked.add(ended_token)
}

/** Somebody may have opened this book while it was brought up to date. */
function tell_tabs(replica: string): void {
  const channel = new BroadcastChannel(book_name(replica))
  channel.postMessage('synced')
  channel.close()
}
