import { t, t_code } from '../../../messages/reviews.ts'
import { t_code as staff_code, t as t_staff } from '../../../messages/staff.ts'
import type { Review } from '../../../state/reviews.ts'
import { Banner } from '../../../ui/banner.tsx'
import { ButtonLink } from '../../../ui/button.tsx'
import { date_time } from '../../../ui/format.ts'
import { Icon } from '../../../ui/icon.tsx'
import { value_words } from '../record-words.ts'
import { type Answer, answers_of } from './answers.ts'
import { Side } from './side.tsx'
import { decision_words, ICONS, past_of, record_of, record_words, title_of, unit_of } from './words.ts'

interface CaseProps {
  review: Review
  coop_name: string
  /** Whether it is among the chosen; null where nothing can be chosen. */
  chosen: boolean | null
  /** Why it was not decided, just now. */
  failed: string | undefined
  onChoose: () => void
  onAnswer: (answer: Answer) => void
}

/** One review: what happened, in words, its sides beside one another, and the ways to answer it. */
export function Case({ review, coop_name, chosen, failed, onChoose, onAnswer }: CaseProps) {
  const { kind, entity, record_id, sides, status } = review
  const record = record_of(review)
  const words = kind === 'duplicate_sale' ? '' : record_words(record)
  const whose = record.member_name
  return (
    <article class="card stack" aria-label={title_of(review)} data-review={review.id} tabIndex={-1}>
      <div class="case-head">
        <h2 class="line">
          <Icon name={ICONS[kind] ?? 'eye'} />
          <span>{title_of(review)}</span>
        </h2>
        {chosen !== null && (
          <label class="tick">
            <input
              type="checkbox"
              checked={chosen}
              onChange={onChoose}
              aria-label={t('choose', { what: `${title_of(review)} ${words}` })}
            />
          </label>
        )}
      </div>
      {words && <p class="case-of">{words}</p>}
      <p>{staff_code('why', kind)}</p>
      <p class="soft">
        {[
          coop_name,
          typeof whose === 'string' && `${t('whose')}: ${whose}`,
          t_staff('opened', { time: date_time(review.opened_at) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div class="sides">
        {sides.map((side, position) => (
          <Side key={`${side.at}${position}`} review={review} side={side} position={position} />
        ))}
      </div>
      <Why review={review} />
      {status !== 'open' && (
        <p class="line">
          <Icon name={status === 'resolved' ? 'person' : 'check'} />
          <span>{decision_words(review)}</span>
        </p>
      )}
      {failed && (
        <Banner tone="warn" icon="alert">
          {t_code('failed', failed) ?? t('failed_other')}
        </Banner>
      )}
      <div class="acts">
        {answers_of(review).map((answer, i) => (
          <button key={answer.label} type="button" class="button" onClick={() => onAnswer(answer)}>
            <Icon name={answer.icon} />
            <span>{answer.label}</span>
            <span class="key" aria-hidden="true">
              {i + 1}
            </span>
          </button>
        ))}
        {entity && record_id && (
          <ButtonLink kind="quiet" icon="clock" to={past_of(review)}>
            {t_staff('history')}
          </ButtonLink>
        )}
      </div>
    </article>
  )
}

/** Of a conflict: why that value stands; and what does, when neither of the two. */
function Why({ review }: { review: Review }) {
  const { reason, field, stands } = review
  if (!reason || !field || review.status !== 'open') return null
  const record = record_of(review)
  return (
    <p class="line">
      <Icon name={reason === 'clock_ahead' ? 'clock' : 'question'} />
      <span>
        {t(`reason_${reason}`)}
        {stands === null &&
          ` ${t('stands_now', { value: value_words(field, record[field], unit_of(record)) })}`}
      </span>
    </p>
  )
}
