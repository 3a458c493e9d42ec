import { t } from '../messages/board.ts'

/** A quiet word beside what was not seen before. */
export const New = ({ is_new }: { is_new: boolean }) => (is_new ? <b class="is-new">{t('is_new')}</b> : null)
