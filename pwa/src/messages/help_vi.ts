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
