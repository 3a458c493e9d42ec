import { catalogue, code_words } from './catalogue.ts'
import { screens_vi } from './screens_vi.ts'

/** What members see and hear on all screens. */
export const t = catalogue(screens_vi, () => import('./en.ts').then(({ en }) => en))
export const t_code = code_words(screens_vi, t)
