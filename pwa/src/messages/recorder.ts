import { catalogue } from './catalogue.ts'
import { recorder_vi } from './recorder_vi.ts'

/** What is read while a voice is recorded. Imported by that screen only. */
export const t = catalogue(recorder_vi, () =>
  import('./recorder_en.ts').then(({ recorder_en }) => recorder_en),
)
