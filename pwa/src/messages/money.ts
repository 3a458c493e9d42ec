import { catalogue } from './catalogue.ts'
import { money_vi } from './money_vi.ts'

/** What a member reads of the own account. Imported by its screen only. */
export const t = catalogue(money_vi, () => import('./money_en.ts').then(({ money_en }) => money_en))
