/**
 * The photos of one account on this phone, in a database of their own: however large they get, recording neither waits
 * for them nor depends on their store.
 */
import type { DBSchema } from 'idb'
import { Database } from '../db/open.ts'

export type PhotoSize = 'full' | 'thumbnail'

/** `draft`: of a form that is not saved; `sent`: the server has it; `safe`: a backup of the server has it too. */
export type PhotoPhase = 'draft' | 'unsent' | 'sent' | 'safe' | 'refused'

/** A photo that was taken on this phone. */
export interface OwnPhoto {
  sha256: string
  phase: PhotoPhase
  bytes: number
  /** Or when the form was saved that names it. */
  taken_at_ms: number
  /** When the server was last asked whether it is safe. */
  asked_at_ms: number
  /** Why the server refused it. */
  code: string | null
}

export interface PhotoFile {
  sha256: string
  size: PhotoSize
  type: string
  content: ArrayBuffer
}

export interface PhotoSchema extends DBSchema {
  own: { key: string; value: OwnPhoto; indexes: { phase: [PhotoPhase, number] } }
  files: { key: [string, PhotoSize]; value: PhotoFile }
  /** What is typed in forms, for the page that a camera killed. */
  drafts: { key: string; value: unknown }
}

export const open_photo_db = (replica: string): Database<PhotoSchema> =>
  new Database<PhotoSchema>({
    name: `chophien-photos-${replica}`,
    version: 1,
    upgrade(db, from) {
      if (from >= 1) return
      db.createObjectStore('own', { keyPath: 'sha256' }).createIndex('phase', ['phase', 'taken_at_ms'])
      db.createObjectStore('files', { keyPath: ['sha256', 'size'] })
      db.createObjectStore('drafts')
    },
  })
