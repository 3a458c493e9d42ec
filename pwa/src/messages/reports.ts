import { catalogue, code_words } from './catalogue.ts'
import { reports_vi } from './reports_vi.ts'

/** What staff read of reports, files and imports. Imported by their screens only. */
export const t = catalogue(reports_vi, () => import('./reports_en.ts').then(({ reports_en }) => reports_en))
export const t_code = code_words(reports_vi, t)
