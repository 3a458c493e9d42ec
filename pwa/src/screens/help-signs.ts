import type { Role } from '../state/types.ts'
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
  'htx-tra-tien': 'cash',
  'can-bo-moi': 'people',
  'can-bo-ban-ra': 'book',
  'can-bo-ghi-ho': 'pencil',
  'can-bo-tien': 'cash',
  'can-bo-tra-tien': 'check',
  'can-bo-ung-tien': 'credit',
  'can-bo-chot-ky': 'lock',
  'can-bo-cong-khai': 'share',
  'can-bo-duyet-hang': 'goods',
  'can-bo-mot-nguoi': 'person',
  'can-bo-dong-y': 'check',
  'can-bo-ban-sao': 'file',
  'can-bo-may': 'phone',
  'can-bo-nhat-ky': 'book',
  'can-bo-xem-lai': 'eye',
  'can-bo-quyet-dinh': 'check',
  'can-bo-lich-su': 'clock',
  'can-bo-bang-tin': 'board',
  'can-bo-thong-bao': 'note',
  'can-bo-gia': 'tag',
  'can-bo-cho-phien': 'calendar',
  'can-bo-bao-cao': 'week',
  'can-bo-lay-tep': 'download',
  'can-bo-dua-vao': 'file',
  'can-bo-giong-noi': 'voice',
  'lien-minh': 'crossing',
  'lien-minh-xem-lai': 'eye',
  'lien-minh-hop-tac-xa': 'people',
  'lien-minh-tai-khoan': 'person',
  'lien-minh-may': 'phone',
  'lien-minh-xa-phuong': 'house',
  'lien-minh-bang-tin': 'board',
  'lien-minh-tien': 'cash',
  'lien-minh-bao-cao': 'week',
  'lien-minh-tep': 'file',
  'lien-minh-giong-noi': 'voice',
}

/** The page about each screen, by the beginning of its address after `#/`. */
type Pages = [screen: string, page: string][]

const MEMBER: Pages = [
  ['help', 'tro-giup'],
  ['sell/other', 'hang-khac'],
  ['goods/new', 'them-hang'],
  ['goods/', 'nhap-hao-hut'],
  ['goods', 'them-hang'],
  ['book/', 'ghi-nham'],
  ['book', 'so-ban-hang'],
  ['statement', 'htx-tra-tien'],
  ['board', 'bang-tin'],
  ['enrol', 'ngay-dau'],
  ['send', 'gui'],
  ['', 'ban-hang'],
]

const OFFICE: Pages = [
  ['office/money', 'can-bo-tien'],
  ['office/listings', 'can-bo-duyet-hang'],
  ['office/members/phones', 'can-bo-may'],
  ['office/members/audit', 'can-bo-nhat-ky'],
  ['office/members/', 'can-bo-mot-nguoi'],
  ['office/members', 'can-bo-moi'],
  ['office/reviews', 'can-bo-xem-lai'],
  ['office/history', 'can-bo-lich-su'],
  ['office/board', 'can-bo-bang-tin'],
  ['office/reports', 'can-bo-bao-cao'],
  ['office/files', 'can-bo-lay-tep'],
  ['office/voices', 'can-bo-giong-noi'],
  ['office', 'can-bo-ban-ra'],
  ...MEMBER,
]

const PROVINCE: Pages = [
  ['help', 'tro-giup'],
  ['history', 'can-bo-lich-su'],
  ['reviews', 'lien-minh-xem-lai'],
  ['coops/accounts', 'lien-minh-tai-khoan'],
  ['coops/phones', 'lien-minh-may'],
  ['coops/audit', 'lien-minh-may'],
  ['coops/places', 'lien-minh-xa-phuong'],
  ['coops', 'lien-minh-hop-tac-xa'],
  ['board', 'lien-minh-bang-tin'],
  ['money', 'lien-minh-tien'],
  ['reports', 'lien-minh-bao-cao'],
  ['files', 'lien-minh-tep'],
  ['voices', 'lien-minh-giong-noi'],
  ['', 'lien-minh'],
]

const OF_ROLE: Record<Role, Pages> = { member: MEMBER, manager: OFFICE, admin: PROVINCE }

export const page_of_problem = (problem: string | null): string | null =>
  problem && (problem === 'full' ? 'day-may' : 'so-khong-mo')

export const sign_of_page = (name: string): IconName => SIGNS[name] ?? 'note'

export const page_of_screen = (address: string, role: Role): string =>
  OF_ROLE[role].find(([screen]) => address.replace(/^#\/?/, '').startsWith(screen))?.[1] ?? ''
