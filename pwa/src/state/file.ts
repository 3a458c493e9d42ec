/** The way out without a network: what only this phone has, in a file. Imported by its sheets only. */
import { phase_range } from '../db/account_db.ts'
import { open_photo_db } from '../photos/photo_db.ts'
import { PhotoStore } from '../photos/photo_store.ts'
import type { Change } from '../sync/answer.ts'
import type { Mutation } from '../sync/mutation.ts'
import { type Account, signed_in_account } from './account.ts'
import * as live from './live.ts'
import { seal } from './sealed.ts'
import type { Coop, User } from './types.ts'

/** A hundred photos. More would not fit into the memory of a small phone while they are sealed. */
const PHOTOS_BYTES_MAX = 10 << 20

export interface SavedPhoto {
  sha256: string
  type: string
  bytes: number
}

/** What the first line of the sealed content says; the photos' bytes follow it, one after another. */
export interface FileContent {
  replica: string
  user: User
  coop: Coop | null
  saved_at_ms: number
  mutations: { mutation: Mutation; recorded_at_ms: number }[]
  /** Records that did not come back from a restored server. */
  aside: Change[]
  photos: SavedPhoto[]
}

export interface Saved {
  file: File
  mutations: number
  photos: number
  /** Photos that did not fit. */
  left_out: number
}

/** Everything unsent, held and refused of the signed-in account, and its photos that are not sent. */
export async function save_to_file(password: string): Promise<Saved> {
  const account = signed_in_account()
  const session = live.session.value
  const { photos, contents, left_out } = await unsent_photos(account)
  const content: FileContent = {
    replica: account.replica,
    user: account.user,
    coop: session?.coop ?? null,
    saved_at_ms: account.outbox.wall.now(),
    ...(await only_here(account)),
    photos,
  }
  const bytes = await new Blob([JSON.stringify(content), '\n', ...contents]).arrayBuffer()
  const name = `cho-phien-${new Date(content.saved_at_ms).toISOString().slice(0, 10)}.txt`
  const file = new File([await seal(new Uint8Array(bytes), password)], name, { type: 'text/plain' })
  return { file, mutations: content.mutations.length, photos: photos.length, left_out }
}

const only_here = ({ db }: Account): Promise<Pick<FileContent, 'mutations' | 'aside'>> =>
  db.read(['outbox', 'aside'], async (tx) => {
    const by_phase = tx.objectStore('outbox').index('phase')
    const phases = ['unsent', 'held', 'rejected'] as const
    const entries = (await Promise.all(phases.map((phase) => by_phase.getAll(phase_range(phase))))).flat()
    entries.sort((a, b) => a.order - b.order)
    const aside = await tx.objectStore('aside').getAll()
    return {
      mutations: entries.map(({ mutation, recorded_at_ms }) => ({ mutation, recorded_at_ms })),
      aside: aside.map(({ offered: _, ...change }) => change),
    }
  })

async function unsent_photos({ replica }: Account) {
  const db = open_photo_db(replica)
  try {
    const found = await new PhotoStore(db).unsent_files()
    const photos: SavedPhoto[] = []
    const contents: ArrayBuffer[] = []
    let bytes = 0
    for (const { sha256, type, content } of found) {
      if (bytes + content.byteLength > PHOTOS_BYTES_MAX) continue
      bytes += content.byteLength
      photos.push({ sha256, type, bytes: content.byteLength })
      contents.push(content)
    }
    return { photos, contents, left_out: found.length - photos.length }
  } finally {
    db.close()
  }
}

/** Whether the phone hands files on to its other apps. */
export const can_share = (file: File): boolean => globalThis.navigator?.canShare?.({ files: [file] }) === true

export async function share(file: File): Promise<void> {
  await navigator.share({ files: [file] }).catch(() => {}) // Closed again by the person: nothing happened.
}

export function download(file: File): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
