import { t } from '../messages/screens.ts'
import { Banner } from '../ui/banner.tsx'

/** What the manager who decided wrote to the author, as it was written. */
export const Note = ({ text }: { text: string }) =>
  text ? (
    <Banner icon="note">
      {t('review_note')}: {text}
    </Banner>
  ) : null
