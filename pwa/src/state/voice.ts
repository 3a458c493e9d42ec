/** Everything that screens may know and do about recorded voices. */
export { Microphone, MicrophoneError } from '../voice/microphone.ts'
export type { ClipFile, KeptPack, Manifest, Pack, VoiceDraft } from '../voice/voice_db.ts'
export { clip_of, download, forget, kept_packs, lacking } from '../voice/voice_store.ts'
export { choose_pack, chosen_pack, read_choice, speak_by_itself, speaks_by_itself } from './voice_choice.ts'
export {
  drafts_of,
  drop_recording,
  keep_recording,
  open_draft,
  recording_of,
  send_draft,
  send_quietly,
  start_draft,
} from './voice_drafts.ts'
export { refusal_of, voice_port } from './voice_port.ts'
export { forget_unused } from './voice_unused.ts'
