import { board_vi } from './board_vi.ts'
import { catalogue, code_words } from './catalogue.ts'

/** What is read on the board, by members and staff. Imported by its screens only. */
export const t = catalogue(board_vi, () => import('./board_en.ts').then(({ board_en }) => board_en))
export const t_code = code_words(board_vi, t)
