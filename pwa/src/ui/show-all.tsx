import { t } from '../messages/screens.ts'
import { Button } from './button.tsx'

/** The way on where nothing was found: everything again. */
export const ShowAll = ({ onClick }: { onClick: () => void }) => (
  <Button icon="undo" onClick={onClick}>
    {t('show_all')}
  </Button>
)
