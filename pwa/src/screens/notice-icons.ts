import type { Notice } from '../state/board.ts'
import type { IconName } from '../ui/icon.tsx'

/** What a notice is about, as a sign. */
export const NOTICE_ICONS: Record<Notice['kind'], IconName> = {
  policy: 'file',
  training: 'people',
  market: 'calendar',
  other: 'note',
}
