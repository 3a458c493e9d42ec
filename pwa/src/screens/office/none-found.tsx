import { t } from '../../messages/staff.ts'
import { Empty } from '../../ui/banner.tsx'
import { ShowAll } from '../../ui/show-all.tsx'

/** Nothing matches what was asked for, and the way back to everything. */
export const NoneFound = ({ onAll }: { onAll: () => void }) => (
  <Empty icon="search" action={<ShowAll onClick={onAll} />}>
    {t('none_found')}
  </Empty>
)
