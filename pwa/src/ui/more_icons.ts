import { draw_more } from './icon.tsx'

/** Signs of the screens that come after the first, as in `icon.tsx`. */
export const MORE_ICONS = {
  phone: 'M7 2h10v20H7zM11 18.500h2',
  house: 'M3 11l9-7 9 7M5 10v10h14V10M10 20v-6h4v6',
  eye: 'M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6',
  letter: 'M3 9V5h18v14h-9M3 5l9 7 9-7M9 19H3m3-4l-4 4 4 4',
  next: 'M9 5l7 7-7 7',
  voice: 'M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6M18.500 6.500a8 8 0 0 1 0 11',
  play: 'M8 5l11 7-11 7z',
  microphone: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3',
  arrow: 'M4 12h15M14 7l5 5-5 5',
  pencil: 'M4 20l1-5L16 4l4 4L9 19zM14 6l4 4',
  void: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM6 6l12 12',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c1-5 4-7 8-7s7 2 8 7',
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
  tag: 'M3 12V4h8l10 10-8 8zM7.5 8v.01',
  crossing: 'M4 6c8 0 8 12 16 12M4 18c8 0 8-12 16-12',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  camera: 'M3 7h4l2-3h6l2 3h4v12H3zM12 9.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7',
  exit: 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4',
  week: 'M3 20h18M6 16v-4M10 16V8M14 16V5M18 16v-6',
  share: 'M12 15V3M8 7l4-4 4 4M5 12v8h14v-8',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18',
  download: 'M12 3v12M8 11l4 4 4-4M5 20h14',
} as const

draw_more(MORE_ICONS)
