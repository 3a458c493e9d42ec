import { signal } from '@preact/signals'

/** The address after `#/`, split at slashes: `#/book/0199…` is `["book", "0199…"]`. */
const parse = (): string[] => location.hash.replace(/^#\/?/, '').split('/').filter(Boolean)

export const route = signal(parse())
addEventListener('hashchange', () => {
  route.value = parse()
})

export const href = (...parts: string[]): string => `#/${parts.join('/')}`

/** Goes to a screen; `replace` when going back must not return to the present one. */
export function go(to: string, replace = false): void {
  if (replace) location.replace(to)
  else location.hash = to
}
