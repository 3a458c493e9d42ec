/**
 * Takes back what was saved to a file: on the phone that still has it, after its storage was lost, or on another one.
 * Mutations keep their stamps, so the server takes each one once, however often and from wherever it comes.
 */
import { open_account_db } from '../db/account_db.ts'
import { sha256_of } from '../db/sha256.ts'
import { open_photo_db } from '../photos/photo_db.ts'
import { PhotoStore } from '../photos/photo_store.ts'
import { book_name, current_account } from './account.ts'
import type { FileContent } from './file.ts'
import { others } from './others.ts'
import { phone } from './phone.ts'
import { plain_content } from './plain_file.ts'
import { FileError, unseal } from './sealed.ts'

export interface TakenBack {
  /** Whose it is. */
  name: string
  /** How many mutations were not on this phone, and were. */
  taken: number
  known: number
  photos: number
  /** `here`: its owner is signed in here, so it is sent. `sign_in`: it waits on this phone for that person. */
  waits_for: 'here' | 'sign_in'
}

export class OtherCoopError extends Error {
  readonly code = 'other_coop'
}

/** A plain file has no password. Rejects with a `FileError`, an `OtherCoopError` or a `StorageError`; then nothing was taken but perhaps photos. */
export async function take_back(file: string, password: string): Promise<TakenBack> {
  const plain = await plain_content(file)
  const { content, photos } = plain
    ? { content: plain, photos: [] }
    : open_content(await unseal(file, password))
  const { replica, is_signed_in } = await book_of(content)
  const taken = await keep_mutations(replica, content)
  await keep_photos(replica, content, photos)
  const { length } = content.mutations
  if (is_signed_in) await send(replica)
  return {
    name: content.user.name,
    taken,
    known: length - taken,
    photos: content.photos.length,
    waits_for: is_signed_in ? 'here' : 'sign_in',
  }
}

function open_content(bytes: Uint8Array<ArrayBuffer>): { content: FileContent; photos: ArrayBuffer[] } {
  const end = bytes.indexOf(10)
  try {
    const content = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as FileContent
    let at = end + 1
    const photos = content.photos.map(({ bytes: length }) => {
      at += length
      return bytes.slice(at - length, at).buffer
    })
    return { content, photos }
  } catch {
    throw new FileError('damaged')
  }
}

/**
 * The book that it goes into: its owner's on this phone. Where there is none it begins here with what the file has,
 * under the replica that recorded it, and its owner is somebody who has signed out: the next sign-in takes it up.
 */
async function book_of({ user, coop, replica }: FileContent) {
  return phone.write(['sessions'], async (tx) => {
    const session = await tx.objectStore('sessions').get(user.id)
    if (session?.replica) {
      if (session.user.coop_id !== user.coop_id) throw new OtherCoopError('other_coop')
      return { replica: session.replica, is_signed_in: session.refresh_token !== null }
    }
    const tokens = { access_token: null, refresh_token: null }
    const absent = { user, coop, replica, demo: false, login: '', signed_out: true, ...tokens }
    await tx.objectStore('sessions').put(absent)
    return { replica, is_signed_in: false }
  })
}

/** How many were not there. One transaction: all of them or none. */
async function keep_mutations(replica: string, { mutations, aside }: FileContent): Promise<number> {
  const db = open_account_db(replica)
  try {
    return await db.write(['outbox', 'aside'], async (tx) => {
      const outbox = tx.objectStore('outbox')
      let taken = 0
      for (const { mutation, recorded_at_ms } of mutations) {
        if ((await outbox.index('at').count(mutation.at)) > 0) continue
        const entry = { mutation, phase: 'unsent', seq: 0, receipt: null, recorded_at_ms } as const
        await outbox.add(entry as Parameters<typeof outbox.add>[0])
        taken++
      }
      for (const change of aside)
        if (!(await tx.objectStore('aside').get([change.entity, change.id])))
          await tx.objectStore('aside').put(change)
      return taken
    })
  } finally {
    db.close()
  }
}

async function keep_photos(replica: string, { photos, saved_at_ms }: FileContent, contents: ArrayBuffer[]) {
  const db = open_photo_db(replica)
  try {
    const store = new PhotoStore(db)
    for (const [n, { sha256, type }] of photos.entries()) {
      const content = contents[n] ?? new ArrayBuffer(0)
      if ((await sha256_of(content)) !== sha256) throw new FileError('damaged')
      await store.take_back({ sha256, size: 'full', type, content }, saved_at_ms)
    }
  } finally {
    db.close()
  }
}

/** Every page that shows this book reads it anew; then it is on its way. */
async function send(replica: string): Promise<void> {
  const channel = new BroadcastChannel(book_name(replica))
  channel.postMessage('synced')
  channel.close()
  const account = current_account()
  if (account?.replica !== replica) return void others.now()
  await account.reload()
  account.loop.soon()
}
