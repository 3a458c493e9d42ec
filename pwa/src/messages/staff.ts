import { catalogue } from './catalogue.ts'
import { staff_vi } from './staff_vi.ts'

/** What managers and the province see. Imported by their screens only, so that members never download it. */
export const t = catalogue(staff_vi, () => import('./staff_en.ts').then(({ staff_en }) => staff_en))

/** The message of a code that came from elsewhere, or null when we know none. */
export const t_code = (prefix: string, code: string): string | null => {
  const key = `${prefix}_${code}`
  return Object.hasOwn(staff_vi, key) ? (t as (key: string) => string)(key) : null
}
