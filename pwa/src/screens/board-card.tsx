import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../ui/icon.tsx'

/** One thing that somebody told, under the sign of what it is about; a kind that is not known yet has a plain one. */
export const BoardCard = (props: { icon: IconName | undefined; children: ComponentChildren }) => (
  <article class="card notice">
    <Icon name={props.icon ?? 'note'} />
    <div>{props.children}</div>
  </article>
)
