import { catalogue, code_words } from './catalogue.ts'
import { enrol_vi } from './enrol_vi.ts'

export const t = catalogue(enrol_vi, () => import('./enrol_en.ts').then(({ enrol_en }) => enrol_en))
export const t_code = code_words(enrol_vi, t)
