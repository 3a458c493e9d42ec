import { useEffect, useRef, useState } from 'preact/hooks'
import { t, t_code } from '../../../messages/reviews.ts'
import { half_typed } from '../../../state/index.ts'
import { decide, type Result, type Review } from '../../../state/reviews.ts'
import { StaffError } from '../../../state/staff.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Field } from '../../../ui/field.tsx'
import { SaveButton } from '../../../ui/save-button.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import type { Answer } from './answers.ts'
import { begin, ValueFields, value_of } from './values.tsx'
import { record_of, record_words, title_of } from './words.ts'

interface DecideSheetProps {
  /** One, or several that get the same answer. */
  reviews: readonly Review[]
  answer: Answer
  onDone: (results: Result[]) => void
  onClose: () => void
}

/** What will happen, the value where one is asked for, and a word to whoever wrote it. */
export function DecideSheet({ reviews, answer, onDone, onClose }: DecideSheetProps) {
  const [review] = reviews
  const [typed, set_typed] = useState(() => (review ? begin(review, answer) : {}))
  const [note, set_note] = useState('')
  const [running, set_running] = useState(false)
  const [failed, set_failed] = useState('')
  const form = useRef<HTMLFormElement>(null)
  // By keys it is one for the answer, then Enter.
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, button.save')?.focus(), [])
  if (!review) return null
  const value = value_of(review, answer, typed)
  const lacks = answer.asks && value === null ? t('wrong_number') : null
  const send = async () => {
    if (lacks || running) return
    set_running(true)
    half_typed.value = true
    try {
      const said = value === undefined ? {} : { value }
      onDone(await decide(reviews, { action: answer.action, note: note.trim(), ...said }))
    } catch (error) {
      set_failed(error instanceof StaffError ? error.code : 'other')
      set_running(false)
    } finally {
      half_typed.value = false
    }
  }
  return (
    <Sheet title={answer.label} onClose={onClose}>
      <form
        ref={form}
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p class="case-of">
          {reviews.length > 1
            ? t('chosen', { n: reviews.length })
            : record_words(record_of(review)) || title_of(review)}
        </p>
        <Banner tone={answer.is_final ? 'warn' : 'plain'} icon={answer.is_final ? 'alert' : 'eye'}>
          {answer.does}
        </Banner>
        <ValueFields review={review} answer={answer} typed={typed} onTyped={set_typed} />
        <Field label={t('note')} hint={t('note_hint')} lines={2} value={note} onChange={set_note} />
        {failed && (
          <Banner tone="bad" icon="offline">
            {failed_words(failed)}
          </Banner>
        )}
        <SaveButton lacks={lacks} running={running} icon={answer.icon}>
          {t('decide')}
        </SaveButton>
      </form>
    </Sheet>
  )
}

const UNREACHED = ['no_network', 'no_answer', 'timeout']

const failed_words = (code: string): string =>
  UNREACHED.includes(code) ? t('decide_offline') : (t_code('failed', code) ?? t('failed_other'))
