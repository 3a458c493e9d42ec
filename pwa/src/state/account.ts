/** The account that is signed in: its database, its clock, its sync loop, and what other tabs tell. */

import { type AccountSchema, open_account_db } from '../db/account_db.ts'
import { day_of } from '../db/day.ts'
import { type Database, StorageError } from '../db/open.ts'
import { type Draft, Outbox, type Recorded, TooLargeError } from '../db/outbox.ts'
import { ENTITIES } from '../generated/entities.ts'
import { SyncLoop } from '../sync/loop.ts'
import { Clock } from '../sync/stamps.ts'
import { WallClock } from '../sync/wall_clock.ts'
import { RecordError } from './errors.ts'
import * as live from './live.ts'
import { Model } from './model.ts'
import { problem_of, publish, storage_problem, storage_waits } from './publish.ts'
import { ask_to_keep } from './storage.ts'
import type { User } from './types.ts'

/** What is recorded is sent once its tick had time to be seen: a cheap phone does one thing at a time. */
const TICK_FIRST_MS = 250

/** What one tab tells the others. */
type TabNews = 'synced' | { recorded: Recorded[]; dealt_with: string[] }

/** Names what the tabs share of one book: their word to each other, and the lock of its sync. */
export const book_name = (replica: string): string => `chophien-${replica}`

const LAST_OPENED = 'last-opened'
let ahead: { replica: string; db: Database<AccountSchema> } | null = null

/**
 * Opens the book that was opened last, while the phone's own database is still asked whose book it is: on a cheap phone
 * each of the two takes a quarter of a second. Nothing is read from it here.
 */
export function open_ahead(): void {
  const replica = last_opened()
  if (!replica) return
  ahead = { replica, db: open_account_db(replica, storage_waits) }
  ahead.db.open()
}

/** A hint and no more: where it cannot be kept, the next launch takes a little longer. */
function note_opened(replica: string): void {
  try {
    if (localStorage.getItem(LAST_OPENED) !== replica) localStorage.setItem(LAST_OPENED, replica)
  } catch {}
}

/** The next launch opens none ahead. */
export function forget_opened(): void {
  try {
    localStorage.removeItem(LAST_OPENED)
  } catch {}
}

function last_opened(): string | null {
  try {
    return localStorage.getItem(LAST_OPENED)
  } catch {
    return null
  }
}

export class Account {
  readonly loop: SyncLoop
  private readonly channel: BroadcastChannel
  private loading: Promise<void> = Promise.resolve()
  private closed = false
  private sending: ReturnType<typeof setTimeout> | undefined
  /** What sends did not load with this page, and a browser does not ask for it again. */
  lacks_sending = false

  private constructor(
    readonly user: User,
    readonly replica: string,
    readonly outbox: Outbox,
    readonly model: Model,
  ) {
    const name = book_name(replica)
    this.channel = new BroadcastChannel(name)
    this.channel.onmessage = ({ data }: MessageEvent<TabNews>) => {
      if (data === 'synced') void this.reload()
      else {
        this.model.take(data.recorded, data.dealt_with)
        publish(this)
      }
    }
    this.loop = new SyncLoop({
      name,
      sync: () => this.sync(),
      may_try: () => live.session.value?.needs_password === false,
    })
  }

  /** Read, and not shown before it is the current one. */
  static async open(user: User, replica: string): Promise<Account> {
    const db = ahead?.replica === replica ? ahead.db : open_account_db(replica, storage_waits)
    if (ahead?.db !== db) ahead?.db.close()
    ahead = null
    const outbox = new Outbox(db, ENTITIES, new Clock(), new WallClock())
    const account = new Account(user, replica, outbox, new Model(ENTITIES))
    await account.load()
    note_opened(replica)
    return account
  }

  get db(): Database<AccountSchema> {
    return this.outbox.db
  }

  get today(): string {
    return day_of(this.outbox.wall.now())
  }

  /** On the disk when it resolves, and shown; then sent as soon as may be. */
  async record(drafts: Draft[], dealt_with: string[] = []): Promise<Recorded[]> {
    const recorded = await this.keep(drafts, dealt_with)
    this.show_kept(recorded)
    return recorded
  }

  /** On the disk when it resolves. The tick may be drawn before all else that changes: `show_kept` has to follow. */
  async keep(drafts: Draft[], dealt_with: string[] = []): Promise<Recorded[]> {
    let recorded: Recorded[]
    try {
      recorded = await this.outbox
        .record(drafts, dealt_with)
        .catch((error: unknown) => this.record_with_room(error, drafts, dealt_with))
    } catch (error) {
      throw record_error(error)
    }
    if (live.storage.value.problem) storage_problem(null)
    this.model.take(recorded, dealt_with)
    this.channel.postMessage({ recorded, dealt_with } satisfies TabNews)
    return recorded
  }

  /** The browser is asked to keep what it holds by the gesture that saved something. */
  show_kept(recorded: Recorded[]): void {
    if (this.closed) return
    publish(this)
    if (recorded.length > 0) void ask_to_keep()
    this.sending ??= setTimeout(() => {
      this.sending = undefined
      this.loop.soon()
    }, TICK_FIRST_MS)
  }

  /** A record is worth more than voices and pictures that the server has. */
  private async record_with_room(error: unknown, drafts: Draft[], dealt_with: string[]): Promise<Recorded[]> {
    if (!(error instanceof StorageError) || error.code !== 'storage_full') throw error
    const made_room = await import('./room.ts').then(({ make_room }) => make_room(this)).catch(() => false)
    if (!made_room) throw error
    return this.outbox
      .record(drafts, dealt_with)
      .catch((again: unknown) => this.record_with_room(again, drafts, dealt_with))
  }

  /** What the last answer taught about the time comes first: it says which day is today. */
  private load(): Promise<void> {
    return this.model.load(this.db, (meta) => {
      this.outbox.learn(meta)
      return this.today
    })
  }

  /** Reads everything anew; one at a time, and the last one sees the newest. */
  async reload(): Promise<void> {
    this.loading = this.loading
      .then(() => this.load())
      .then(
        () => {
          if (!this.closed) publish(this, true)
        },
        (error: unknown) => storage_problem(problem_of(error)),
      )
    return this.loading
  }

  /** Records go first, and only who has the phone in hand. */
  may_send_photos(): boolean {
    return current === this && this.model.unsent_records === 0
  }

  close(): void {
    this.closed = true
    clearTimeout(this.sending)
    this.loop.stop()
    this.channel.close()
    this.db.close()
  }

  private async sync(): Promise<void> {
    const { sync_account } = await import('./syncing.ts').catch((cause: unknown) => {
      this.lacks_sending = true
      live.send_state.value = { ...live.send_state.value, last_error: 'no_network' }
      throw cause
    })
    await sync_account(this)
  }

  /** Where no answer came nothing changed but the list of syncs: a phone out of reach has better things to do. */
  async after_sync(answered: boolean): Promise<void> {
    if (answered) {
      await this.reload()
      this.channel.postMessage('synced' satisfies TabNews)
      return
    }
    this.model.syncs = await this.db.read(['syncs'], (tx) => tx.objectStore('syncs').getAll())
    if (!this.closed) publish(this)
  }
}

export function record_error(error: unknown): unknown {
  if (error instanceof TooLargeError) return new RecordError('too_large', error)
  if (!(error instanceof StorageError)) return error
  storage_problem(problem_of(error))
  return new RecordError(error.code, error)
}

let current: Account | null = null

export const current_account = (): Account | null => current

export function signed_in_account(): Account {
  if (!current) throw new RecordError('signed_out')
  return current
}

export function set_account(account: Account | null): void {
  current?.close()
  current = account
}
