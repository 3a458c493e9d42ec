import { Icon, type IconName } from '../../ui/icon.tsx'

/** What can be done to one row of a table; `label` says to which, for who hears it. */
export const RowButton = (props: { icon: IconName; label: string; words: string; onClick: () => void }) => (
  <button type="button" class="button plain" aria-label={props.label} onClick={props.onClick}>
    <Icon name={props.icon} />
    <span>{props.words}</span>
  </button>
)
