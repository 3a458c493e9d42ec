/** Drawn signs on a grid of 24, one stroke. They carry the meaning; the word beside them says it again. */
const PATHS = {
  sell: 'M4 9h16l-1.5 11h-13zM8 9l3-5M16 9l-3-5',
  goods: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  book: 'M6 3h12v18H6zM9 8h6M9 12h6M9 16h3',
  send: 'M3 11l18-7-7 17-3-7z',
  check: 'M5 12l5 5 9-10',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  back: 'M15 5l-7 7 7 7',
  erase: 'M9 6h12v12H9l-6-6zM12 9.500l5 5M17 9.500l-5 5',
  cash: 'M3 7h18v10H3zM12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
  transfer: 'M7 3h10v18H7zM10 9h5l-2-2M14 14H9l2 2',
  credit: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3',
  undo: 'M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3',
  close: 'M6 6l12 12M18 6L6 18',
  people:
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2 20c.5-4 3-6 7-6s6.5 2 7 6M16 5.500a3.5 3.5 0 0 1 0 6M18.5 14.500c2 .8 3 2.5 3.5 5',
  alert: 'M12 3l10 18H2zM12 10v5M12 18v.01',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3',
  offline: 'M2 9c6-6 14-6 20 0M6 13c4-3.5 8-3.5 12 0M12 18v.010M4 21L20 3',
  lock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3',
  disk: 'M4 6c0-3 16-3 16 0v12c0 3-16 3-16 0zM4 6c0 3 16 3 16 0M4 12c0 3 16 3 16 0',
}

export type IconName = keyof typeof PATHS | keyof typeof import('./more_icons.ts').MORE_ICONS

const drawn: Partial<Record<IconName, string>> = PATHS

/** Those that no first screen shows come with the screens that do. */
export const draw_more = (icons: Partial<Record<IconName, string>>): void => void Object.assign(drawn, icons)

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={drawn[name]} />
  </svg>
)
