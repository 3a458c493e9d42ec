import { useEffect, useState } from 'preact/hooks'
import { t } from '../../messages/recorder.ts'
import { session } from '../../state/index.ts'
import { open_draft, refusal_of, send_draft, send_quietly, type VoiceDraft } from '../../state/voice.ts'
import { Banner, Empty } from '../../ui/banner.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Sentence, sentences_of } from '../voice/sentences.ts'
import { RecorderSentence, words_of } from './recorder-sentence.tsx'

/** One voice: the sentence in hand, all sentences with what is done, and the way to those who listen. */
export function RecorderPack({ id, back }: { id: string; back: string }) {
  const [draft, set_draft] = useState<VoiceDraft | null | undefined>()
  const [at, set_at] = useState(0)
  useEffect(() => {
    void open_draft(id, session.value?.user.id ?? '')
      .catch(() => null)
      .then((found) => {
        set_draft(found)
        set_at(Math.max(0, found ? sentences_of(found.language).findIndex((key) => !found.clips[key]) : 0))
      })
  }, [id])
  if (draft === undefined) return null
  if (draft === null)
    return (
      <Empty
        icon="offline"
        action={
          <ButtonLink icon="back" to={back}>
            {t('back_to_list')}
          </ButtonLink>
        }
      >
        {t('not_here')}
      </Empty>
    )
  const sentences = sentences_of(draft.language)
  const key = sentences[at] ?? 'say_sell'
  const changed = (now: VoiceDraft) => {
    set_draft(now)
    void send_quietly(now).then((sent) => set_draft((shown) => (shown?.id === sent.id ? sent : shown)))
  }
  const done = sentences.filter((each) => draft.clips[each]).length
  return (
    <div class="stack recorder">
      <ButtonLink icon="back" to={back}>
        {t('back_to_list')}
      </ButtonLink>
      <h2>
        {draft.name} <small class="soft">({draft.language})</small>
      </h2>
      <label class="recorder-progress">
        {t('recorded', { n: done, of: sentences.length })}
        <progress value={done} max={sentences.length} />
      </label>
      <RecorderSentence
        key={key}
        draft={draft}
        sentence={key}
        number={at + 1}
        onChange={changed}
        {...(at > 0 ? { onPrevious: () => set_at(at - 1) } : {})}
        {...(at + 1 < sentences.length ? { onNext: () => set_at(at + 1) } : {})}
      />
      <Publish draft={draft} missing={sentences.length - done} onSent={set_draft} />
      <details>
        <summary>{t('all_sentences')}</summary>
        <Sentences
          draft={draft}
          current={key}
          onChoose={(index) => {
            set_at(index)
            scrollTo(0, 0)
          }}
        />
      </details>
    </div>
  )
}

const Sentences = (props: { draft: VoiceDraft; current: Sentence; onChoose: (index: number) => void }) => (
  <ol class="sentences">
    {sentences_of(props.draft.language).map((key, index) => (
      <li key={key}>
        <button
          type="button"
          aria-current={key === props.current ? 'true' : undefined}
          onClick={() => props.onChoose(index)}
        >
          <span class={props.draft.clips[key] ? 'done' : 'not-done'}>
            {props.draft.clips[key] && <Icon name="check" />}
            <span class="unseen">{t(props.draft.clips[key] ? 'done' : 'not_done')}: </span>
          </span>
          {words_of(key)[0]}
        </button>
      </li>
    ))}
  </ol>
)

const problem_of = (error: unknown) => {
  const code = refusal_of(error)
  if (code === 'no_network' || code === 'no_answer' || code === 'timeout') return t('problem_network')
  return t(code === 'forbidden' ? 'problem_rights' : 'problem_other')
}

function Publish(props: { draft: VoiceDraft; missing: number; onSent: (draft: VoiceDraft) => void }) {
  const { draft, missing, onSent } = props
  const [progress, set_progress] = useState<{ sent: number; of: number } | null>(null)
  const [told, set_told] = useState<{ tone: 'good' | 'bad'; text: string } | null>(null)
  const scope = session.value?.user.role === 'admin' ? 'province' : 'coop'
  const send = async (published: boolean) => {
    if (progress) return
    set_told(null)
    set_progress({ sent: 0, of: Object.keys(draft.clips).length })
    try {
      onSent(await send_draft(draft.id, published, (sent, of) => set_progress({ sent, of })))
      set_told({ tone: 'good', text: t(published ? 'was_published' : 'was_unpublished') })
    } catch (error) {
      set_told({ tone: 'bad', text: problem_of(error) })
    }
    set_progress(null)
  }
  const empty = Object.keys(draft.clips).length === 0
  return (
    <div class="stack">
      <p class="soft">
        {missing > 0 ? t('missing', { n: missing }) : t('complete')}
        {draft.published && ` ${t(draft.changed ? 'changed' : `published_${scope}`)}.`}
      </p>
      <Button kind="main" icon="send" disabled={empty || progress !== null} onClick={() => void send(true)}>
        {t(`publish_${scope}`)}
      </Button>
      {draft.published && (
        <Button icon="undo" disabled={progress !== null} onClick={() => void send(false)}>
          {t('unpublish')}
        </Button>
      )}
      <div role="status">
        {progress && t('publishing', { n: progress.sent, of: progress.of })}
        {told && (
          <Banner tone={told.tone} icon={told.tone === 'good' ? 'check' : 'alert'}>
            {told.text}
          </Banner>
        )}
      </div>
    </div>
  )
}
