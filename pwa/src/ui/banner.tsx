import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

/** A line that says how things are. `tone` colours it, the icon and the words say the same. */
export const Banner = (props: {
  tone?: 'good' | 'warn' | 'bad' | 'plain'
  icon: IconName
  children: ComponentChildren
  action?: ComponentChildren
}) => (
  <div class={`banner ${props.tone ?? 'plain'}`} role="status">
    <Icon name={props.icon} />
    <span>{props.children}</span>
    {props.action}
  </div>
)

/** Nothing here yet, and what to do about it. */
export const Empty = (props: { icon: IconName; children: ComponentChildren; action?: ComponentChildren }) => (
  <div class="empty">
    <Icon name={props.icon} />
    <p>{props.children}</p>
    {props.action}
  </div>
)
