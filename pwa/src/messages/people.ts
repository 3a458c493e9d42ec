import { catalogue, code_words } from './catalogue.ts'
import { people_vi } from './people_vi.ts'

/** Accounts, phones, places and what staff did: for managers and the province. Comes with their screens. */
export const t = catalogue(people_vi, () => import('./people_en.ts').then(({ people_en }) => people_en))
export const t_code = code_words(people_vi, t)
