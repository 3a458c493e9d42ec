import { catalogue, code_words } from './catalogue.ts'
import { records_vi } from './records_vi.ts'
import { t_code as screens_code } from './screens.ts'

const t = catalogue(records_vi, () => import('./records_en.ts').then(({ records_en }) => records_en))
const own_code = code_words(records_vi, t)

/** Records in words, for staff: their history, reviews, copies. Imported by their screens only. */
export const t_code: typeof own_code = (prefix, code) => own_code(prefix, code) ?? screens_code(prefix, code)
