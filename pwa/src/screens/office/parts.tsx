import { t } from '../../messages/people.ts'
import { href } from '../../ui/router.ts'

/** The parts of one section, as links: each has an address of its own. */
export const Parts = <Name extends string>(props: {
  base: readonly string[]
  parts: readonly { name: Name; label: string }[]
  current: string
}) => (
  <nav class="sections parts" aria-label={t('part')}>
    {props.parts.map(({ name, label }) => (
      <a
        key={name}
        href={href(...props.base, ...(name ? [name] : []))}
        aria-current={name === props.current ? 'page' : undefined}
      >
        {label}
      </a>
    ))}
  </nav>
)
