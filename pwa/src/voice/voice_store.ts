/** What is done with the voices on this phone: downloaded clip by clip, heard, forgotten when the disk is full. */
import type { IDBPTransaction } from 'idb'
import { sha256_of } from '../db/sha256.ts'
import {
  type ClipFile,
  type KeptPack,
  type Manifest,
  type Pack,
  type VoiceSchema,
  voice_db,
} from './voice_db.ts'

export interface VoicePort {
  packs(): Promise<Pack[]>
  manifest(id: string): Promise<Manifest>
  clip(sha256: string): Promise<ArrayBuffer>
}

/** A clip that is not what the manifest names: a portal's page, say. */
export class SpoiltClipError extends Error {
  readonly code = 'spoilt_clip'
}

/** The packs on this phone that an account of this co-operative may hear. */
export async function kept_packs(coop_id: string | null): Promise<KeptPack[]> {
  const packs = await voice_db.read(['packs'], (tx) => tx.objectStore('packs').getAll())
  return packs.filter((pack) => pack.coop_id === null || pack.coop_id === coop_id)
}

/** Which clips of these are not here. */
export function lacking(clips: Iterable<{ sha256: string }>): Promise<string[]> {
  return voice_db.read(['clips'], async (tx) => {
    const here = new Set(await tx.objectStore('clips').getAllKeys())
    return [...new Set([...clips].map(({ sha256 }) => sha256))].filter((sha256) => !here.has(sha256))
  })
}

/** The recording of a sentence; null where the pack has none, or it is not here yet. */
export function clip_of(pack_id: string, key: string): Promise<ClipFile | null> {
  return voice_db.read(['packs', 'clips'], async (tx) => {
    const pack = await tx.objectStore('packs').get(pack_id)
    const named = pack?.clips.find((clip) => clip.key === key)
    return (named && (await tx.objectStore('clips').get(named.sha256))) ?? null
  })
}

/**
 * Brings a pack to this phone, or its newer version; what is here already is not fetched again, so that an attempt that
 * broke off goes on where it was. An older version is heard until the newer one is complete. Rejects with what stopped it.
 */
export async function download(
  port: VoicePort,
  id: string,
  coop_id: string | null,
  on_progress: (here: number, of: number) => void = () => {},
): Promise<void> {
  const manifest = await port.manifest(id)
  const kept: KeptPack = { ...manifest, coop_id: manifest.scope === 'province' ? null : coop_id }
  const known = await voice_db.read(['packs'], (tx) => tx.objectStore('packs').get(id))
  if (!known) await voice_db.write(['packs'], (tx) => tx.objectStore('packs').put(kept))
  const types = new Map(manifest.clips.map(({ sha256, type }) => [sha256, type]))
  const missing = await lacking(manifest.clips)
  let here = types.size - missing.length
  on_progress(here, types.size)
  for (const sha256 of missing) {
    const content = await port.clip(sha256)
    if ((await sha256_of(content)) !== sha256) throw new SpoiltClipError()
    await voice_db.write(['clips'], (tx) =>
      tx.objectStore('clips').put({ sha256, type: types.get(sha256) ?? '', content }),
    )
    here += 1
    on_progress(here, types.size)
  }
  if (known) await voice_db.write(['packs'], (tx) => tx.objectStore('packs').put(kept))
  if (known) await sweep(() => true)
}

/** Forgets a pack and what only it named. */
export async function forget(id: string): Promise<void> {
  await sweep((pack) => pack.id !== id)
}

/** Forgets every voice but these, and what only those named. */
export async function forget_all_but(ids: ReadonlySet<string>): Promise<void> {
  const kept = await voice_db.read(['packs'], (tx) => tx.objectStore('packs').getAllKeys())
  // Clips alone stay: a newer version that did not come through to its end goes on there.
  if (kept.some((id) => !ids.has(id))) await sweep((pack) => ids.has(pack.id))
}

/** Drops every voice that the server keeps; whether there was one. What was recorded here and is in a draft stays. */
export async function make_room(): Promise<boolean> {
  return sweep(() => false)
}

/** Keeps these packs, and of the clips what they and drafts name; whether anything went. */
function sweep(keeps: (pack: KeptPack) => boolean): Promise<boolean> {
  return voice_db.write(['packs', 'clips', 'drafts'], async (tx) => {
    const packs = await tx.objectStore('packs').getAll()
    for (const pack of packs.filter((pack) => !keeps(pack))) await tx.objectStore('packs').delete(pack.id)
    return drop_unnamed(tx, await tx.objectStore('clips').getAllKeys())
  })
}

/** Drops those of these clips that neither a pack nor a draft names; whether there was one. */
export async function drop_unnamed(
  tx: IDBPTransaction<VoiceSchema, ('packs' | 'clips' | 'drafts')[], 'readwrite'>,
  clips: readonly string[],
): Promise<boolean> {
  const packs = await tx.objectStore('packs').getAll()
  const drafts = await tx.objectStore('drafts').getAll()
  const named = new Set([
    ...packs.flatMap(({ clips }) => clips.map(({ sha256 }) => sha256)),
    ...drafts.flatMap(({ clips }) => Object.values(clips).map(({ sha256 }) => sha256)),
  ])
  const unnamed = clips.filter((sha256) => !named.has(sha256))
  for (const sha256 of unnamed) await tx.objectStore('clips').delete(sha256)
  return unnamed.length > 0
}
