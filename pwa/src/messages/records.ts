import { catalogue, code_words } from './catalogue.ts'
import { records_vi } from './records_vi.ts'

/** Records in words, for staff: their history, reviews, copies. Imported by their screens only. */
export const t = catalogue(records_vi, () => import('./records_en.ts').then(({ records_en }) => records_en))
export const t_code = code_words(records_vi, t)
