import { catalogue, code_words } from './catalogue.ts'
import { money_staff_vi } from './money_staff_vi.ts'

/** What a manager reads of the co-operative's money. Imported by its screens only. */
export const t = catalogue(money_staff_vi, () =>
  import('./money_staff_en.ts').then(({ money_staff_en }) => money_staff_en),
)
export const t_code = code_words(money_staff_vi, t)
