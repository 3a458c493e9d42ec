import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../messages/voice.ts'
import { language, session } from '../../state/index.ts'
import {
  type ClipFile,
  chosen_pack,
  clip_of,
  download,
  type KeptPack,
  kept_packs,
  lacking,
  voice_port,
} from '../../state/voice.ts'
import { Icon } from '../../ui/icon.tsx'
import { what_to_say } from './reading.ts'
import { say_all } from './saying.ts'
import { device_speech } from './speech.ts'

/**
 * What is being said, in large letters. It goes when all was heard; what no voice could say stays until it is closed.
 * Over a sheet it is a sheet of its own; elsewhere who touches the screen has heard enough. What nobody asked for and no
 * voice can say is not shown: it would only stand in the way.
 */
export default function Speaking({ by_itself, onEnd }: { by_itself: boolean; onEnd: () => void }) {
  const [sentences] = useState(what_to_say)
  const [current, set_current] = useState(0)
  const [silent, set_silent] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  const audio = useRef<HTMLAudioElement>(null)
  useLayoutEffect(() => {
    if (document.querySelector('dialog[open]')) dialog.current?.showModal()
    else dialog.current?.show()
  }, [])
  useEffect(() => {
    let alive = true
    let stop_speech = () => {}
    const pack = chosen_pack.value
    const run = async () => {
      const speech = await device_speech(language.value)
      const kept = pack ? await kept_pack(pack).catch(() => undefined) : undefined
      stop_speech = () => speech?.stop()
      if (!alive) return
      const means = {
        speech,
        language: kept?.language ?? null,
        clip: async (key: string) => (pack ? clip_of(pack, key) : null),
        play: (clip: ClipFile) => play(audio.current, clip),
      }
      const all_heard = await say_all(sentences, means, () => alive, set_current)
      if (!alive) return
      if (all_heard || by_itself) onEnd()
      else set_silent(true)
    }
    void run()
    if (pack) void complete(pack).catch(() => {}) // Without a network: the next time.
    return () => {
      alive = false
      stop_speech()
      audio.current?.pause()
    }
  }, [])
  useEffect(() => {
    const touched = ({ target }: Event) => {
      const element = target as Element
      if (!dialog.current?.contains(element) && !element.closest('.loudspeaker')) onEnd()
    }
    addEventListener('pointerdown', touched)
    return () => removeEventListener('pointerdown', touched)
  }, [])
  const shown = silent ? sentences : sentences.slice(current, current + 1)
  return (
    <dialog class="speaking" ref={dialog} aria-label={t('voice_say')} onClose={onEnd}>
      {/* biome-ignore lint/a11y/useMediaCaption: its words stand beside it */}
      <audio ref={audio} />
      <div class="speaking-text" lang={language.value}>
        {shown.map(({ key, text }) => (
          <p key={key ?? text}>{text}</p>
        ))}
        {silent && <p class="soft">{t('voice_silent')}</p>}
      </div>
      <button type="button" aria-label={t('voice_stop')} onClick={() => dialog.current?.close()}>
        <Icon name="close" />
      </button>
    </dialog>
  )
}

/** Whether it was heard to its end. */
function play(audio: HTMLAudioElement | null, clip: ClipFile): Promise<boolean> {
  if (!audio) return Promise.resolve(false)
  const url = URL.createObjectURL(new Blob([clip.content], { type: clip.type }))
  return new Promise<boolean>((done) => {
    audio.onended = () => done(true)
    audio.onerror = () => done(false)
    audio.onpause = () => !audio.ended && done(true) // Closed: nothing more is said.
    audio.src = url
    audio.play().catch(() => done(false))
  }).finally(() => URL.revokeObjectURL(url))
}

/** A voice whose download broke off goes on when somebody wants to hear it. */
async function complete(id: string): Promise<void> {
  const pack = await kept_pack(id)
  if (!pack || (await lacking(pack.clips)).length > 0) await download(voice_port, id, coop_id())
}

const coop_id = (): string | null => session.value?.user.coop_id ?? null

const kept_pack = async (id: string): Promise<KeptPack | undefined> =>
  (await kept_packs(coop_id())).find((kept) => kept.id === id)
