import { accounts_vi } from './accounts_vi.ts'
import { catalogue } from './catalogue.ts'

/** What a shared phone says. Comes with its screens. */
export const t = catalogue(accounts_vi, () =>
  import('./accounts_en.ts').then(({ accounts_en }) => accounts_en),
)
