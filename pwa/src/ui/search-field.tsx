import { t } from '../messages/screens.ts'
import { Icon } from './icon.tsx'

export const SearchField = (props: { value: string; onChange: (value: string) => void; label?: string }) => (
  <search class="search">
    <Icon name="search" />
    <input
      type="search"
      aria-label={props.label ?? t('search')}
      placeholder={props.label ?? t('search')}
      value={props.value}
      onInput={(event) => props.onChange(event.currentTarget.value)}
    />
  </search>
)
