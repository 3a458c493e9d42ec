import { catalogue, code_words } from './catalogue.ts'
import { staff_vi } from './staff_vi.ts'

/** What managers and the province see. Imported by their screens only, so that members never download it. */
export const t = catalogue(staff_vi, () => import('./staff_en.ts').then(({ staff_en }) => staff_en))
export const t_code = code_words(staff_vi, t)
