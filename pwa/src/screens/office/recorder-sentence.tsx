import { useEffect, useRef, useState } from 'preact/hooks'
import { accounts_en } from '../../messages/accounts_en.ts'
import { consent_en } from '../../messages/consent_en.ts'
import { en } from '../../messages/en.ts'
import { enrol_en } from '../../messages/enrol_en.ts'
import { file_en } from '../../messages/file_en.ts'
import { help_en } from '../../messages/help_en.ts'
import { numbers_en } from '../../messages/numbers_en.ts'
import { numbers_vi } from '../../messages/numbers_vi.ts'
import { t } from '../../messages/recorder.ts'
import { voice_en } from '../../messages/voice_en.ts'
import { voice_vi } from '../../messages/voice_vi.ts'
import {
  drop_recording,
  keep_recording,
  Microphone,
  MicrophoneError,
  recording_of,
  type VoiceDraft,
} from '../../state/voice.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { is_number } from '../voice/numbers.ts'
import { type CatalogueName, is_own, MESSAGES, type Sentence } from '../voice/sentences.ts'

const ENGLISH: Record<CatalogueName, Record<string, string>> = {
  screens: en,
  accounts: accounts_en,
  consent: consent_en,
  enrol: enrol_en,
  file: file_en,
  help: help_en,
}

/** In Vietnamese and in English: who records says it in the own language. */
export function words_of(sentence: Sentence): [string, string] {
  if (is_number(sentence)) return [numbers_vi[sentence], numbers_en[sentence]]
  if (is_own(sentence)) return [voice_vi[sentence], voice_en[sentence]]
  const message = MESSAGES.find((each) => each.sentence === sentence)
  return message ? [message.text, ENGLISH[message.catalogue][message.key] ?? ''] : ['', '']
}

type Problem = 'refused' | 'none' | 'too_short' | 'storage'

/** One sentence: what to say, the microphone, and hearing it again. On the disk as soon as it stops. */
export function RecorderSentence(props: {
  draft: VoiceDraft
  sentence: Sentence
  number: number
  onChange: (draft: VoiceDraft) => void
  onNext?: () => void
  onPrevious?: () => void
}) {
  const { draft, sentence, number, onChange, onNext, onPrevious } = props
  const [problem, set_problem] = useState<Problem | null>(null)
  const { record, stop, recording_s, meter } = useRecorder(
    async (recording) => onChange(await keep_recording(draft.id, sentence, recording)),
    set_problem,
  )
  const clip = draft.clips[sentence]
  const [vietnamese, english] = words_of(sentence)
  return (
    <section class="card stack" aria-label={t('sentence', { n: number })}>
      <p class="soft">{t('about')}</p>
      <p class="sentence" lang="vi">
        {vietnamese}
      </p>
      <p lang="en" class="soft">
        {english}
      </p>
      <div class="recorder-now">
        {recording_s === null ? (
          <Button kind={clip ? 'plain' : 'save'} icon="microphone" onClick={record}>
            {t(clip ? 'record_again' : 'record')}
          </Button>
        ) : (
          <Button kind="bad" icon="close" onClick={stop}>
            {t('stop')}
          </Button>
        )}
        <p role="status">
          {recording_s !== null ? t('recording', { n: recording_s }) : clip ? t('kept_here') : t('not_done')}
        </p>
        <meter ref={meter} min={0} max={1} value={0} aria-label={t('level')} hidden={recording_s === null} />
      </div>
      {problem && (
        <Banner tone="bad" icon="alert">
          {t(`problem_${problem}`)}
        </Banner>
      )}
      {clip && recording_s === null && <Hear key={clip.sha256} sha256={clip.sha256} />}
      <div class="buttons">
        {onPrevious && (
          <Button icon="back" disabled={recording_s !== null} onClick={onPrevious}>
            {t('previous')}
          </Button>
        )}
        {clip && (
          <Button
            icon="erase"
            disabled={recording_s !== null}
            onClick={() => void drop_recording(draft.id, sentence).then(onChange)}
          >
            {t('remove')}
          </Button>
        )}
        {onNext && (
          <Button kind={clip ? 'save' : 'plain'} icon="next" disabled={recording_s !== null} onClick={onNext}>
            {t('next')}
          </Button>
        )}
      </div>
    </section>
  )
}

function Hear({ sha256 }: { sha256: string }) {
  const audio = useRef<HTMLAudioElement>(null)
  const url = useRef<string | null>(null)
  useEffect(() => () => (url.current ? URL.revokeObjectURL(url.current) : undefined), [])
  const hear = async () => {
    if (!url.current) {
      const file = await recording_of(sha256)
      if (!file) return
      url.current = URL.createObjectURL(new Blob([file.content], { type: file.type }))
    }
    if (!audio.current) return
    audio.current.src = url.current
    await audio.current.play().catch(() => {})
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: what is said stands above */}
      <audio ref={audio} />
      <Button icon="play" onClick={() => void hear()}>
        {t('hear')}
      </Button>
    </>
  )
}

/** The microphone is opened for a recording and closed after it. Leaving the sentence ends it. */
function useRecorder(
  keep: (recording: Awaited<ReturnType<Microphone['record']>>) => Promise<void>,
  on_problem: (problem: Problem | null) => void,
) {
  const [recording_s, set_recording_s] = useState<number | null>(null)
  const end = useRef<(() => void) | null>(null)
  const meter = useRef<HTMLMeterElement>(null)
  useEffect(() => () => end.current?.(), [])
  const run = async () => {
    on_problem(null)
    const microphone = await Microphone.open()
    const stopped = new Promise<void>((done) => {
      end.current = done
    })
    set_recording_s(0)
    const began_ms = performance.now()
    const shown = setInterval(() => {
      if (meter.current) meter.current.value = microphone.level()
      set_recording_s(Math.floor((performance.now() - began_ms) / 1000))
    }, 100)
    try {
      await keep(await microphone.record(stopped))
    } finally {
      clearInterval(shown)
      microphone.close()
      end.current = null
      set_recording_s(null)
    }
  }
  const record = () => {
    if (end.current) return
    run().catch((error: unknown) => on_problem(error instanceof MicrophoneError ? error.code : 'storage'))
  }
  return { record, stop: () => end.current?.(), recording_s, meter }
}
