import { board_staff_vi } from './board_staff_vi.ts'
import { catalogue } from './catalogue.ts'

/** What staff read while they write the board. Imported by their screens only. */
export const t = catalogue(board_staff_vi, () =>
  import('./board_staff_en.ts').then(({ board_staff_en }) => board_staff_en),
)
