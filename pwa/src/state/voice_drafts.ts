/** What is being recorded on this phone: on the disk after every sentence, sent when there is a network. */
import { sha256_of } from '../db/sha256.ts'
import { TransportError } from '../sync/transport.ts'
import type { Recording } from '../voice/microphone.ts'
import { type ClipFile, type Manifest, type VoiceDraft, voice_db } from '../voice/voice_db.ts'
import { drop_unnamed, lacking } from '../voice/voice_store.ts'
import { call } from './caller.ts'
import { new_id } from './id.ts'
import { voice_port } from './voice_port.ts'

export async function drafts_of(user_id: string): Promise<VoiceDraft[]> {
  const drafts = await voice_db.read(['drafts'], (tx) => tx.objectStore('drafts').getAll())
  return drafts.filter((draft) => draft.user_id === user_id)
}

export async function start_draft(user_id: string, language: string, name: string): Promise<VoiceDraft> {
  const id = new_id(Date.now())
  const draft: VoiceDraft = { id, user_id, language, name, published: false, clips: {}, changed: true }
  await voice_db.write(['drafts'], (tx) => tx.objectStore('drafts').put(draft))
  return draft
}

/** The draft with this id, or what the server has of it, its clips included; null: neither has it now. */
export async function open_draft(id: string, user_id: string): Promise<VoiceDraft | null> {
  const known = (await drafts_of(user_id)).find((draft) => draft.id === id)
  if (known?.changed) return known
  const manifest = await voice_port.manifest(id).catch(() => null)
  if (!manifest) return known ?? null
  return take_up(manifest, user_id).catch(() => known ?? null)
}

async function take_up(manifest: Manifest, user_id: string): Promise<VoiceDraft> {
  const types = new Map(manifest.clips.map(({ sha256, type }) => [sha256, type]))
  for (const sha256 of await lacking(manifest.clips)) {
    const file: ClipFile = {
      sha256,
      type: types.get(sha256) ?? '',
      content: await voice_port.clip(sha256),
    }
    await voice_db.write(['clips'], (tx) => tx.objectStore('clips').put(file))
  }
  const { id, language, name, published, clips } = manifest
  const named = clips.map(
    ({ key, sha256, duration_ms }) => [key, { sha256, duration_ms, sent: true }] as const,
  )
  const draft: VoiceDraft = {
    id,
    user_id,
    language,
    name,
    published,
    clips: Object.fromEntries(named),
    changed: false,
  }
  await voice_db.write(['drafts'], (tx) => tx.objectStore('drafts').put(draft))
  return draft
}

/** Changes the draft as it lies on the disk: another tab may have recorded meanwhile. */
function change(id: string, by: (draft: VoiceDraft) => VoiceDraft, file?: ClipFile): Promise<VoiceDraft> {
  return voice_db.write(['packs', 'clips', 'drafts'], async (tx) => {
    const draft = await tx.objectStore('drafts').get(id)
    if (!draft) throw new Error('The draft is gone')
    const changed = by(draft)
    if (file) await tx.objectStore('clips').put(file)
    await tx.objectStore('drafts').put(changed)
    // What was recorded anew, or removed, is no longer needed.
    await drop_unnamed(
      tx,
      Object.values(draft.clips).map(({ sha256 }) => sha256),
    )
    return changed
  })
}

/** On the disk when it resolves. */
export async function keep_recording(id: string, key: string, recording: Recording): Promise<VoiceDraft> {
  const { type, content, duration_ms } = recording
  const sha256 = await sha256_of(content)
  const by = (draft: VoiceDraft) => {
    const clips = { ...draft.clips, [key]: { sha256, duration_ms, sent: false } }
    return { ...draft, clips, changed: true }
  }
  return change(id, by, { sha256, type, content })
}

export const drop_recording = (id: string, key: string): Promise<VoiceDraft> =>
  change(id, (draft) => {
    const { [key]: _, ...clips } = draft.clips
    return { ...draft, clips, changed: true }
  })

export const recording_of = (sha256: string): Promise<ClipFile | undefined> =>
  voice_db.read(['clips'], (tx) => tx.objectStore('clips').get(sha256))

let sending: Promise<unknown> = Promise.resolve()

/** One after another: what is sent while this runs comes with the next one. */
export function send_draft(
  id: string,
  published: boolean,
  on_progress: (sent: number, of: number) => void = () => {},
): Promise<VoiceDraft> {
  const next = sending.catch(() => {}).then(() => send(id, published, on_progress))
  sending = next
  return next
}

async function send(
  id: string,
  published: boolean,
  on_progress: (sent: number, of: number) => void,
  again = false,
): Promise<VoiceDraft> {
  const draft = await change(id, (draft) => draft)
  const all = Object.entries(draft.clips)
  for (const [count, [key, clip]] of all.entries()) {
    on_progress(count, all.length)
    if (clip.sent) continue
    const file = await recording_of(clip.sha256)
    if (!file) continue
    await call(`/api/v1/voice/clips/${clip.sha256}`, { method: 'PUT', body: file.content })
    await change(id, (now) =>
      now.clips[key]?.sha256 === clip.sha256
        ? { ...now, clips: { ...now.clips, [key]: { ...clip, sent: true } } }
        : now,
    )
  }
  const ready = await change(id, (draft) => draft)
  const clips = Object.entries(ready.clips)
    .filter(([, { sent }]) => sent)
    .map(([key, { sha256, duration_ms }]) => ({ key, sha256, duration_ms }))
  const { language, name } = ready
  try {
    await call(`/api/v1/voice/packs/${id}`, { method: 'PUT', body: { language, name, published, clips } })
  } catch (error) {
    if (again || !names_unknown(error)) throw error
    // Restored, or long unnamed and cleared away there: all of them are still here.
    await change(id, (now) => ({ ...now, clips: unsent(now.clips) }))
    return send(id, published, on_progress, true)
  }
  return change(id, (now) => ({
    ...now,
    published,
    changed: JSON.stringify(now.clips) !== JSON.stringify(ready.clips),
  }))
}

const names_unknown = (error: unknown): boolean =>
  error instanceof TransportError && 'clips' in Object(error.errors)

const unsent = (clips: VoiceDraft['clips']): VoiceDraft['clips'] =>
  Object.fromEntries(Object.entries(clips).map(([key, clip]) => [key, { ...clip, sent: false }]))

/** Takes what was recorded to the server, where there is a network: a lost phone then loses nothing. */
export async function send_quietly(draft: VoiceDraft): Promise<VoiceDraft> {
  // A published pack changes only when somebody says so; its draft waits on this phone.
  if (draft.published || !navigator.onLine) return draft
  return send_draft(draft.id, false).catch(() => draft)
}
