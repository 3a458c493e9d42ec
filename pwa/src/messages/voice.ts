import { catalogue } from './catalogue.ts'
import { voice_vi } from './voice_vi.ts'

/** What is heard, and the choice of who says it. Loaded when somebody first listens. */
export const t = catalogue(voice_vi, () => import('./voice_en.ts').then(({ voice_en }) => voice_en))
