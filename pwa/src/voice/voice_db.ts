/** Recorded voices on this phone, apart from everything else: they are the first to go when the disk is full. */
import type { DBSchema } from 'idb'
import { Database } from '../db/open.ts'

export interface PackClip {
  key: string
  sha256: string
  bytes: number
  duration_ms: number
  type: string
}

/** What the list of the server says of a pack. */
export interface Pack {
  id: string
  scope: 'province' | 'coop'
  /** A tag of BCP 47. */
  language: string
  /** The language's own name. */
  name: string
  version: number
  published: boolean
  mine: boolean
  clip_count: number
  bytes: number
}

export interface Manifest extends Pack {
  clips: PackClip[]
}

/** Which accounts may hear it: of this co-operative; null: of the province. */
export type KeptPack = Manifest & { coop_id: string | null }

export interface ClipFile {
  sha256: string
  type: string
  content: ArrayBuffer
}

/** What is being recorded here; nobody else has it until it is sent. */
export interface VoiceDraft {
  id: string
  user_id: string
  language: string
  name: string
  published: boolean
  /** By sentence. */
  clips: Record<string, { sha256: string; duration_ms: number; sent: boolean }>
  changed: boolean
}

export interface VoiceSchema extends DBSchema {
  packs: { key: string; value: KeptPack }
  clips: { key: string; value: ClipFile }
  drafts: { key: string; value: VoiceDraft }
}

export const voice_db = new Database<VoiceSchema>({
  name: 'chophien-voice',
  version: 1,
  upgrade(db, from) {
    if (from >= 1) return
    db.createObjectStore('packs', { keyPath: 'id' })
    db.createObjectStore('clips', { keyPath: 'sha256' })
    db.createObjectStore('drafts', { keyPath: 'id' })
  },
})
