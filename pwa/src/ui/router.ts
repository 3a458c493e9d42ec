import { signal } from '@preact/signals'

/**
 * The one-time code of an invitation, `#enrol=…`, until it is dealt with. It is taken out of the address at once: no
 * list of addresses keeps it. The tab does until the phone's settings have it, should the page be loaded again.
 */
export const invited = signal(typeof history.state === 'string' ? history.state : '')

function take_invitation(): void {
  const code = /^#enrol=([\w-]+)$/.exec(location.hash)?.[1]
  if (!code) return
  invited.value = code
  history.replaceState(code, '', '#/enrol')
}
take_invitation()

/** The address after `#/`, split at slashes: `#/book/0199…` is `["book", "0199…"]`. */
const parse = (): string[] => location.hash.replace(/^#\/?/, '').split('/').filter(Boolean)

export const route = signal(parse())
/** Takes up the address now, not when the browser tells of it. */
export function follow(): void {
  take_invitation()
  const parts = parse()
  if (parts.join('/') !== route.value.join('/')) route.value = parts
}
addEventListener('hashchange', follow)

export const href = (...parts: string[]): string => `#/${parts.join('/')}`

/** Goes to a screen; `replace` when going back must not return to the present one. */
export function go(to: string, replace = false): void {
  if (replace) history.replaceState(null, '', to)
  else location.hash = to
  follow()
}
