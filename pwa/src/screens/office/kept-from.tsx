import { t } from '../../messages/people.ts'
import { Banner } from '../../ui/banner.tsx'
import { date_time } from '../../ui/format.ts'

/** Says that what is shown was fetched then, and the server cannot be reached now. */
export const KeptFrom = ({ kept_at_ms }: { kept_at_ms: number | null }) =>
  kept_at_ms === null ? null : (
    <Banner tone="warn" icon="offline">
      {t('kept_from', { time: date_time(kept_at_ms) })}
    </Banner>
  )
