import { t, t_code } from '../../../messages/reviews.ts'
import type { Review } from '../../../state/reviews.ts'
import type { IconName } from '../../../ui/icon.tsx'
import { action_words } from './words.ts'

/** One way to answer: what its button says, what it does, and whether a value is asked for first. */
export interface Answer {
  action: string
  label: string
  /** What it does, in words. */
  does: string
  icon: IconName
  /** Known already: the side that is taken, the sale that is voided. */
  value?: unknown
  /** Which values are asked for. */
  asks?: 'value' | 'amounts' | 'time' | 'stock'
  is_final?: boolean
}

const ICONS: Record<string, IconName> = {
  keep: 'check',
  take: 'swap',
  set: 'pencil',
  void: 'void',
  dismiss: 'close',
  accept: 'check',
  refuse: 'letter',
}

function answer(kind: string, action: string, more: Partial<Answer> = {}): Answer {
  const about_sale = kind === 'odd_amount' || kind === 'odd_date'
  const own =
    action === 'set' && about_sale
      ? 'set_sale'
      : action === 'set' && kind === 'oversold'
        ? 'set_stock'
        : action === 'accept' && kind === 'rejected'
          ? 'accept_rejected'
          : action === 'accept' && kind === 'lost_in_restore'
            ? 'accept_lost'
            : action
  return {
    action,
    label: action_words(action, kind),
    does: t_code('does', own) ?? '',
    icon: ICONS[action] ?? 'check',
    is_final: ['void', 'refuse'].includes(action) || own === 'set_sale',
    ...more,
  }
}

/** The ways to answer a review, in the order of their shortcuts; none of one that has its answer. */
export function answers_of(review: Review): Answer[] {
  const { kind, sides, status } = review
  if (status !== 'open') return []
  switch (kind) {
    case 'conflict':
      return [answer(kind, 'keep'), ...takes(review), answer(kind, 'set', { asks: 'value' })]
    case 'oversold':
      return [answer(kind, 'set', { asks: 'stock' }), answer(kind, 'dismiss')]
    case 'duplicate_sale':
      return [
        ...sides.map(({ value }, i) => answer(kind, 'void', { value, label: t('act_void_n', { n: i + 1 }) })),
        answer(kind, 'dismiss'),
      ]
    case 'odd_amount':
    case 'odd_date':
      return [
        answer(kind, 'dismiss', { icon: 'check' }),
        answer(kind, 'set', { asks: kind === 'odd_date' ? 'time' : 'amounts' }),
        answer(kind, 'void'),
      ]
    case 'held':
      return [answer(kind, 'accept'), answer(kind, 'refuse')]
    case 'rejected':
      return [...(can_be_vouched_for(review) ? [answer(kind, 'accept')] : []), answer(kind, 'dismiss')]
    case 'lost_in_restore':
      return [answer(kind, 'accept'), answer(kind, 'dismiss')]
    default:
      return [answer(kind, 'dismiss')]
  }
}

/** Its author had no right to it, and that was all. */
const can_be_vouched_for = ({ sides }: Review): boolean => {
  const codes = Object.values(sides[0]?.errors ?? {}).flat()
  return codes.length > 0 && codes.every((code) => code === 'forbidden')
}

/** The sides that do not stand: one, or both when something else has replaced them. */
function takes({ kind, sides, stands }: Review): Answer[] {
  const others = sides.map((_, i) => i).filter((i) => i !== stands)
  return others.map((value) =>
    answer(kind, 'take', {
      value,
      label: others.length === 1 ? t('act_take') : t('act_take_n', { n: value + 1 }),
    }),
  )
}

/** What all of these can be answered with at once: nothing that needs a value of its own. */
export function answers_of_all(reviews: readonly Review[]): Answer[] {
  const each = reviews.map((review) =>
    answers_of(review).filter(({ asks, value }) => asks === undefined && value === undefined),
  )
  return (each[0] ?? []).filter(({ action }) =>
    each.every((answers) => answers.some((other) => other.action === action)),
  )
}
