import { catalogue } from './catalogue.ts'
import { help_vi } from './help_vi.ts'

export const t = catalogue(help_vi, () => import('./help_en.ts').then(({ help_en }) => help_en))
