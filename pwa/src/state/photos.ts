/** The photos of the signed-in account: taken, shown, sent after everything else. Loaded when one is first needed. */
import { entity_range } from '../db/account_db.ts'
import { open_photo_db, type PhotoFile, type PhotoSize } from '../photos/photo_db.ts'
import { PhotoStore } from '../photos/photo_store.ts'
import { type PhotoProgress, PhotoSender } from '../photos/sending.ts'
import { shrink } from '../photos/shrink.ts'
import type { OutboxEntry } from '../sync/mutation.ts'
import { current_account, record_error, signed_in_account } from './account.ts'
import { call_as } from './caller.ts'
import * as live from './live.ts'
import type { Book } from './syncing.ts'
import { thumbnail_arrived } from './thumbnails.ts'

const ABSENT_MS = 1_800_000

interface Opened {
  store: PhotoStore
  sender: PhotoSender
  /** Thumbnails that the server did not have, and when it was asked. */
  absent: Map<string, number>
}

const opened = new WeakMap<Book, Opened>()

function photos_of(account: Book): Opened {
  const known = opened.get(account)
  if (known) return known
  const store = new PhotoStore(open_photo_db(account.replica))
  const now = () => account.outbox.wall.now()
  const sender = new PhotoSender({
    store,
    now,
    port: {
      progress: (sha256) =>
        call_as(account.user.id, `/api/v1/photos/${sha256}/progress`, {
          method: 'GET',
        }) as Promise<PhotoProgress>,
      put: (sha256, content, start, total) =>
        call_as(account.user.id, `/api/v1/photos/${sha256}`, {
          method: 'PUT',
          body: content,
          range: `bytes ${start}-${start + content.byteLength - 1}/${total}`,
        }) as Promise<PhotoProgress>,
    },
    may_go_on: () => account.may_send_photos(),
    on_change: (part) => void tell(account, part),
  })
  const photos = { store, sender, absent: new Map() }
  opened.set(account, photos)
  void store.forget_drafts(now()).catch(() => {})
  return photos
}

async function tell(account: Book, part: number | null): Promise<void> {
  const overview = await photos_of(account)
    .store.overview()
    .catch(() => null)
  if (overview && current_account() === account) live.photos.value = { ...overview, part }
}

/** Looks how many photos wait. */
export async function look_at_photos(): Promise<void> {
  const account = current_account()
  if (account) await tell(account, live.photos.value.part)
}

/** Makes it small and keeps it; resolves to its address. Rejects with PhotoError or RecordError. */
export async function keep_photo(picture: Blob | ImageBitmap): Promise<string> {
  const account = signed_in_account()
  const shrunk = await shrink(picture)
  try {
    return await photos_of(account).store.keep(shrunk, account.outbox.wall.now())
  } catch (error) {
    throw record_error(error)
  }
}

/** A record is about to name it. */
export async function release_photo(sha256: string): Promise<void> {
  const account = signed_in_account()
  await photos_of(account).store.release(sha256, account.outbox.wall.now())
  await look_at_photos()
}

/** A photo from this phone, or else from the server; null when neither has it now. */
export async function photo_file(sha256: string, size: PhotoSize): Promise<Blob | null> {
  const account = current_account()
  if (!account) return null
  const { store } = photos_of(account)
  const file =
    (await store.file(sha256, size)) ?? (size === 'full' ? await fetched(account, sha256, size) : null)
  return file ? new Blob([file.content], { type: file.type }) : null
}

async function fetched(book: Book, sha256: string, size: PhotoSize): Promise<PhotoFile | null> {
  const { store } = photos_of(book)
  const address = `/api/v1/photos/${sha256}?size=${size}`
  const content = await call_as(book.user.id, address, { method: 'GET' }).catch(() => null)
  if (!(content instanceof ArrayBuffer)) return null
  const file = { sha256, size, type: 'image/webp', content }
  await store.cache(file)
  return file
}

/** The server has just answered and everything recorded is there: photos go up, thumbnails come down. */
export async function exchange_photos(account: Book): Promise<void> {
  const { sender } = photos_of(account)
  await forget_unnamed(account).catch(() => {}) // The next sync tries again.
  const send = () => sender.send()
  const locks = globalThis.navigator?.locks
  await (locks
    ? locks.request(`chophien-photos-${account.replica}`, { ifAvailable: true }, (lock) => lock && send())
    : send())
  if (current_account() === account) await fetch_thumbnails(account)
}

/** Goods have another photo now or none, since somebody was erased, say: what nothing here names any more goes. */
async function forget_unnamed(book: Book): Promise<void> {
  const { store } = photos_of(book)
  const shown = current_account() === book ? live.listings.value.flatMap(({ photo }) => photo ?? []) : []
  const doubtful = await store.besides(shown, book.outbox.wall.now())
  if (doubtful.size === 0) return
  const [settled, open] = await book.outbox.db.read(['rows', 'outbox', 'aside'], async (tx) => {
    const entries = await tx.objectStore('outbox').getAll()
    const rows = ([0, 1] as const).map((side) => tx.objectStore('rows').getAll(entity_range(side, 'listing')))
    const is_settled = ({ phase }: OutboxEntry) => phase === 'settled'
    const others = [await Promise.all(rows), await tx.objectStore('aside').getAll()]
    return [entries.filter(is_settled), [others, entries.filter((entry) => !is_settled(entry))]].map((said) =>
      JSON.stringify(said),
    )
  })
  // What is settled says what was: it counts as long as a server that is put back may need the photo again.
  const is_named = (sha256: string, kept: boolean) =>
    open?.includes(sha256) || (!kept && settled?.includes(sha256))
  const unnamed = [...doubtful].filter(([sha256, { kept }]) => !is_named(sha256, kept))
  await store.forget(unnamed.map(([sha256]) => sha256))
}

/** Of every listing that this phone shows: people choose goods by their picture, also without a network. */
async function fetch_thumbnails(account: Book): Promise<void> {
  const { store, absent } = photos_of(account)
  const wanted = live.listings.value.flatMap(({ photo }) => photo ?? [])
  for (const sha256 of await store.lacking(wanted, 'thumbnail')) {
    if (!account.may_send_photos()) return
    if (Date.now() - (absent.get(sha256) ?? 0) < ABSENT_MS) continue
    if (await fetched(account, sha256, 'thumbnail')) thumbnail_arrived(sha256)
    else absent.set(sha256, Date.now())
  }
}

/** The server says that it is not the one that was told before. Records need not wait for a store that does not open. */
export const offer_photos_again = (account: Book): Promise<void> =>
  photos_of(account)
    .store.ask_again()
    .catch(() => {})

/** The disk is full: photos that the server keeps make way for records. Whether there were any. */
export const make_room = (account: Book): Promise<boolean> =>
  photos_of(account)
    .store.make_room()
    .catch(() => false)

export const read_draft = (name: string): Promise<unknown> =>
  photos_of(signed_in_account()).store.db.read(['drafts'], (tx) => tx.objectStore('drafts').get(name))

export async function save_draft(name: string, typed: unknown): Promise<void> {
  await photos_of(signed_in_account()).store.db.write(['drafts'], (tx) =>
    tx.objectStore('drafts').put(typed, name),
  )
}

export const drop_draft = (name: string): Promise<void> =>
  photos_of(signed_in_account()).store.db.write(['drafts'], (tx) => tx.objectStore('drafts').delete(name))
