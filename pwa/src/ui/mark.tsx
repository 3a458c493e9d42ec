import { t } from '../messages/screens.ts'
import { Icon, type IconName } from './icon.tsx'

export type MarkState = 'phone' | 'coop' | 'look' | 'refused'

const ICONS: Record<MarkState, IconName> = {
  phone: 'phone',
  coop: 'house',
  look: 'eye',
  refused: 'letter',
}

/** Where a record is: a phone, a house, an eye, a returned letter. */
export const Mark = ({ state }: { state: MarkState }) => (
  <span class={`mark ${state}`}>
    <Icon name={ICONS[state]} />
    {t(`state_${state}`)}
  </span>
)
