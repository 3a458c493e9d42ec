import { catalogue } from './catalogue.ts'
import { vi } from './vi.ts'

/** What members see and hear. */
export const t = catalogue(vi, () => import('./en.ts').then(({ en }) => en))

/** The message of a code that came from elsewhere (`error_frozen`, `reason_undo`), or null when we know none. */
export const t_code = (prefix: string, code: string): string | null => {
  const key = `${prefix}_${code}`
  return Object.hasOwn(vi, key) ? (t as (key: string) => string)(key) : null
}
