import { catalogue } from './catalogue.ts'
import { consent_vi } from './consent_vi.ts'

/** What a person is asked before something personal is used. Comes with its screen. */
export const t = catalogue(consent_vi, () => import('./consent_en.ts').then(({ consent_en }) => consent_en))
