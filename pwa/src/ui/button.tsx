import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

export type ButtonKind = 'plain' | 'main' | 'save' | 'bad' | 'quiet'

interface ButtonProps {
  kind?: ButtonKind
  icon?: IconName
  children: ComponentChildren
  disabled?: boolean | undefined
}

export const Button = ({
  kind = 'plain',
  icon,
  children,
  ...rest
}: ButtonProps & { onClick?: () => void; submit?: boolean }) => (
  <button
    type={rest.submit ? 'submit' : 'button'}
    class={`button ${kind}`}
    disabled={rest.disabled}
    onClick={rest.onClick}
  >
    {icon && <Icon name={icon} />}
    <span>{children}</span>
  </button>
)

/** A link that looks like a button: it goes somewhere and changes nothing. */
export const ButtonLink = ({ kind = 'plain', icon, children, to }: ButtonProps & { to: string }) => (
  <a class={`button ${kind}`} href={to}>
    {icon && <Icon name={icon} />}
    <span>{children}</span>
  </a>
)
