import { catalogue } from './catalogue.ts'

/** What the help says around the guide. The guide itself is docs/huong-dan, in Vietnamese. */
export const help_vi = {
  help: 'Trợ giúp',
  back_to_contents: 'Xem hết các mục',
  search_help: 'Tìm, ví dụ: bán chịu',
  nothing_found: 'Không tìm thấy. Hãy thử từ khác, hoặc hỏi cán bộ hợp tác xã.',
  this_screen: 'Về trang vừa mở',
  only_vietnamese: 'Hướng dẫn này viết bằng tiếng Việt.',
  picture_not_here: 'Ảnh chưa tải về máy. Có mạng máy sẽ tự tải.',
} as const

export const help_en = {
  help: 'Help',
  back_to_contents: 'All topics',
  search_help: 'Search, for example: ban chiu',
  nothing_found: 'Nothing found. Try another word, or ask your co-operative.',
  this_screen: 'About the screen you came from',
  only_vietnamese: 'The guide is written in Vietnamese. Its pictures show where to tap.',
  picture_not_here: 'This picture is not on the phone yet. It comes when there is a connection.',
} as const

export const t = catalogue(help_vi, () => Promise.resolve(help_en))
