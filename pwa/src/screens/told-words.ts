import { t } from '../messages/board.ts'
import type { Board } from '../state/board.ts'
import { date, day_of } from '../ui/format.ts'

/** Whose word a notice is, and of which day; a phone whose clock was wrong gave it none. */
export const told_words = ({
  told_by,
  changed_at,
}: Pick<Board['notices'][number], 'told_by' | 'changed_at'>) =>
  [told_by && t(`told_${told_by}`), changed_at && date(day_of(changed_at))].filter(Boolean).join(' · ')
