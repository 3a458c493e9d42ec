import type { IconName } from '../ui/icon.tsx'

/** The sign beside each page of the guide. */
const SIGNS: Record<string, IconName> = {
  'ngay-dau': 'camera',
  'dang-nhap': 'person',
  'ban-hang': 'sell',
  'mac-ca': 'tag',
  'hang-khac': 'plus',
  'ban-chiu': 'credit',
  'bien-nhan': 'share',
  'ghi-nham': 'undo',
  'them-hang': 'goods',
  'anh-hang': 'camera',
  'nhap-hao-hut': 'leaf',
  'so-ban-hang': 'book',
  'bang-tin': 'board',
  gui: 'send',
  'dau-hieu': 'house',
  'tra-lai': 'letter',
  'khong-mang': 'offline',
  'sai-gio': 'clock',
  'day-may': 'disk',
  'luu-ra-tep': 'file',
  'so-khong-mo': 'alert',
  'mo-bang-trinh-duyet': 'arrow',
  iphone: 'phone',
  'tai-so-ve': 'house',
  'ma-khong-vao-duoc': 'camera',
  'quen-ma-pin': 'question',
  'doi-nguoi': 'people',
  'ma-pin': 'lock',
  'mat-khau': 'key',
  'tai-khoan': 'person',
  nghe: 'note',
  'tro-giup': 'search',
  'hoi-can-bo': 'question',
  'can-bo-moi': 'people',
  'can-bo-ban-ra': 'book',
  'can-bo-ghi-ho': 'pencil',
  'can-bo-duyet-hang': 'check',
  'can-bo-xem-lai': 'eye',
  'can-bo-lich-su': 'clock',
  'can-bo-giong-noi': 'phone',
  'lien-minh': 'crossing',
}

/** The page about each screen, by the beginning of its address after `#/`. */
const PAGES: [screen: string, page: string][] = [
  ['help', 'tro-giup'],
  ['sell/other', 'hang-khac'],
  ['goods/new', 'them-hang'],
  ['goods/', 'nhap-hao-hut'],
  ['goods', 'them-hang'],
  ['book/', 'ghi-nham'],
  ['book', 'so-ban-hang'],
  ['board', 'bang-tin'],
  ['office/board', 'bang-tin'],
  ['enrol', 'ngay-dau'],
  ['send', 'gui'],
  ['office/listings', 'can-bo-duyet-hang'],
  ['office/members', 'can-bo-moi'],
  ['office/reviews', 'can-bo-xem-lai'],
  ['office/history', 'can-bo-lich-su'],
  ['office/voices', 'can-bo-giong-noi'],
  ['office/recorder', 'can-bo-giong-noi'],
  ['office', 'can-bo-ban-ra'],
  ['', 'ban-hang'],
]

export const page_of_problem = (problem: string | null): string | null =>
  problem && (problem === 'full' ? 'day-may' : 'so-khong-mo')

export const sign_of_page = (name: string): IconName => SIGNS[name] ?? 'note'

export const page_of_screen = (address: string): string =>
  PAGES.find(([screen]) => address.replace(/^#\/?/, '').startsWith(screen))?.[1] ?? ''
