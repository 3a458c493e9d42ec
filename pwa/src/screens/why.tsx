import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import type { RecordDetail, StateReason } from '../state/index.ts'
import { Button } from '../ui/button.tsx'
import { date_time } from '../ui/format.ts'
import { Mark } from '../ui/mark.tsx'
import { ErrorLines } from './errors.tsx'
import { Mend } from './mend.tsx'
import { Note } from './note.tsx'

/** Why a record has its state, what a reviewer wrote, and the way to mend what was returned. */
export const Why = ({ detail }: { detail: RecordDetail }) => (
  <div class="stack">
    <Mark state={detail.state} />
    {detail.reasons.filter(is_telling).map((reason) => (
      <Reason key={`${reason.code}${reason.at}`} reason={reason} />
    ))}
    {detail.reasons.every(({ note }) => note !== detail.review_note) && <Note text={detail.review_note} />}
  </div>
)

/** That it arrived the mark says already; that several changes wait is one thing to know. Each that was refused is mended alone. */
const is_telling = ({ code }: StateReason, index: number, all: readonly StateReason[]): boolean =>
  code === 'refused' || (code !== 'received' && all.findIndex((other) => other.code === code) === index)

function Reason({ reason }: { reason: StateReason }) {
  const [mending, set_mending] = useState(false)
  const { at } = reason
  return (
    <div class="stack">
      <p class="soft">
        {t(`why_${reason.code}`)}
        {reason.recorded_at_ms !== null && ` ${t('recorded_at', { time: date_time(reason.recorded_at_ms) })}`}
      </p>
      {reason.code === 'refused' && <ErrorLines errors={reason.errors} />}
      <Note text={reason.note} />
      {at && (
        <Button icon="pencil" onClick={() => set_mending(true)}>
          {t('mend')}
        </Button>
      )}
      {at && mending && <Mend at={at} onClose={() => set_mending(false)} />}
    </div>
  )
}
