import { t } from '../messages/index.ts'
import { Empty } from '../ui/banner.tsx'
import { ButtonLink } from '../ui/button.tsx'
import type { IconName } from '../ui/icon.tsx'

/** What an address names is not on this phone; the way back to where everything is that is. */
export const NotHere = ({ icon, to }: { icon: IconName; to: string }) => (
  <Empty
    icon={icon}
    action={
      <ButtonLink kind="main" icon="back" to={to}>
        {t('back')}
      </ButtonLink>
    }
  >
    {t('not_here')}
  </Empty>
)
