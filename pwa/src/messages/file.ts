import { catalogue, code_words } from './catalogue.ts'
import { file_vi } from './file_vi.ts'

export const t = catalogue(file_vi, () => import('./file_en.ts').then(({ file_en }) => file_en))
export const t_code = code_words(file_vi, t)
