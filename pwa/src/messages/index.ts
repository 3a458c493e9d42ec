import { catalogue, code_words } from './catalogue.ts'
import { vi } from './vi.ts'

/** What members see and hear until the first sale is saved: all that is loaded at the start. */
export const t = catalogue(vi, () => import('./en.ts').then(({ en }) => en))
export const t_code = code_words(vi, t)
