/** Drawn signs on a grid of 24, one stroke. They carry the meaning; the word beside them says it again. */
const PATHS = {
  sell: 'M4 9h16l-1.5 11h-13zM8 9l3-5M16 9l-3-5',
  goods: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  book: 'M6 3h12v18H6zM9 8h6M9 12h6M9 16h3',
  send: 'M3 11l18-7-7 17-3-7z',
  phone: 'M7 2h10v20H7zM11 18.500h2',
  house: 'M3 11l9-7 9 7M5 10v10h14V10M10 20v-6h4v6',
  eye: 'M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6',
  letter: 'M3 9V5h18v14h-9M3 5l9 7 9-7M9 19H3m3-4l-4 4 4 4',
  check: 'M5 12l5 5 9-10',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  arrow: 'M4 12h15M14 7l5 5-5 5',
  erase: 'M9 6h12v12H9l-6-6zM12 9.500l5 5M17 9.500l-5 5',
  cash: 'M3 7h18v10H3zM12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
  transfer: 'M7 3h10v18H7zM10 9h5l-2-2M14 14H9l2 2',
  credit: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3',
  undo: 'M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3',
  close: 'M6 6l12 12M18 6L6 18',
  pencil: 'M4 20l1-5L16 4l4 4L9 19zM14 6l4 4',
  void: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM6 6l12 12',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c1-5 4-7 8-7s7 2 8 7',
  people:
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2 20c.5-4 3-6 7-6s6.5 2 7 6M16 5.500a3.5 3.5 0 0 1 0 6M18.5 14.500c2 .8 3 2.5 3.5 5',
  alert: 'M12 3l10 18H2zM12 10v5M12 18v.01',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3',
  offline: 'M2 9c6-6 14-6 20 0M6 13c4-3.5 8-3.5 12 0M12 18v.010M4 21L20 3',
  file: 'M6 3h8l4 4v14H6zM12 9v8M9 14l3 3 3-3',
  double: 'M8 8h12v12H8zM4 16V4h12',
  swap: 'M4 8h15l-4-4M20 16H5l4 4',
  question: 'M9 9a3 3 0 1 1 4.5 2.600c-1 .6-1.5 1.2-1.5 2.400M12 18v.01',
  leaf: 'M4 20c0-9 6-15 16-16 0 10-6 16-14 14M4 20l8-8',
  cart: 'M3 5h3l2 10h10l2-7H7M9 19v.010M17 19v.01',
  loss: 'M12 4v12M7 11l5 5 5-5M5 20h14',
  scale: 'M12 4v16M7 20h10M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z',
  note: 'M4 4h16v12H10l-5 4v-4H4zM8 9h8M8 12h5',
  key: 'M8 9a5 5 0 1 0 0 10A5 5 0 0 0 8 9zM12 11l8-8M17 6l3 3',
  lock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3',
  tag: 'M3 12V4h8l10 10-8 8zM7.5 8v.01',
  crossing: 'M4 6c8 0 8 12 16 12M4 18c8 0 8-12 16-12',
  disk: 'M4 6c0-3 16-3 16 0v12c0 3-16 3-16 0zM4 6c0 3 16 3 16 0M4 12c0 3 16 3 16 0',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  camera: 'M3 7h4l2-3h6l2 3h4v12H3zM12 9.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7',
  exit: 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4',
} as const

export type IconName = keyof typeof PATHS

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
)
