import { catalogue, code_words } from './catalogue.ts'
import { reviews_vi } from './reviews_vi.ts'

/** What managers and the province read where they decide. Imported by those screens only. */
export const t = catalogue(reviews_vi, () => import('./reviews_en.ts').then(({ reviews_en }) => reviews_en))
export const t_code = code_words(reviews_vi, t)
