/** What is seen and heard on the way to a saved sale, in plain words. `{names}` are filled in. */
export const vi = {
  // Everywhere
  back: 'Quay lại',
  save: 'Lưu',
  undo: 'Hoàn tác',
  erase: 'Xóa một số',
  loading: 'Đang mở…',
  try_again: 'Thử lại',
  meant: 'Ý là {amount}?',
  lacks: 'Còn thiếu: {what}',
  not_here: 'Không có trên máy này.',
  needs_network_once: 'Phần này cần có mạng một lần để tải về.',
  minutes: '{n} phút',
  hours: '{n} giờ',
  days: '{n} ngày',
  account_of: 'Tài khoản: {name}',
  demo_ribbon: 'Bản dùng thử: số liệu không có thật',
  update_ready: 'Có bản mới.',
  update: 'Cập nhật',
  clock_ahead: 'Đồng hồ máy chạy nhanh {time}. Hãy chỉnh lại giờ; phiếu mới được ghi theo giờ đúng.',
  clock_behind: 'Đồng hồ máy chạy chậm {time}. Hãy chỉnh lại giờ; phiếu mới được ghi theo giờ đúng.',
  needs_password: 'Cần nhập lại mật khẩu để gửi. Vẫn ghi bán hàng như thường.',
  enter_password: 'Nhập mật khẩu',
  storage_full: 'Máy đầy bộ nhớ. Hãy xóa bớt ảnh, phim trong máy. Những gì đã ghi vẫn còn.',
  storage_blocked: 'Chợ Phiên đang mở ở trang khác. Hãy đóng các trang đó.',
  storage_outdated: 'Chợ Phiên đã có bản mới. Hãy mở lại trang này.',
  storage_broken:
    'Không mở được sổ trên máy. Hãy tắt hẳn rồi mở lại. Đừng xóa ứng dụng: những gì đã ghi vẫn còn.',
  error_storage_full: 'Chưa lưu: máy đầy bộ nhớ. Hãy xóa bớt ảnh, phim rồi lưu lại.',
  error_storage_outdated: 'Chưa lưu: trang này là bản cũ. Hãy mở lại trang rồi ghi lại.',
  error_storage_failed: 'Chưa lưu được. Hãy thử lại.',
  error_too_large: 'Chưa lưu: chữ dài quá.',
  error_signed_out: 'Chưa lưu: đã đăng xuất.',
  error_not_found: 'Chưa lưu: không còn trên máy này.',
  error_invalid: 'Chưa lưu: số lớn quá, hoặc có chỗ chưa đúng.',

  // Tabs
  tabs: 'Các trang',
  tab_sell: 'Bán',
  tab_goods: 'Hàng',
  tab_book: 'Sổ',
  tab_office: 'HTX',
  tab_send: 'Gửi',
  only_here: 'chỉ có trên máy này',

  // Signing in
  first_sync: 'Chào {name}!',

  // Selling
  sell: 'Bán hàng',
  today_count: 'Hôm nay · {n} lần bán',
  other_goods: 'Hàng khác',
  sell_empty: 'Thêm hàng để lần sau bán chỉ cần chạm ba lần.',
  left: 'còn {amount}',
  left_none: 'hết hàng',
  more_than_left: 'Sổ ghi còn {amount}. Vẫn lưu được.',
  less: 'Bớt',
  more: 'Thêm',
  quantity: 'Số lượng',
  tap_to_bargain: 'chạm để mặc cả',
  bargained: 'được {price}',
  payment: 'Trả tiền',
  payment_cash: 'Tiền mặt',
  payment_transfer: 'Chuyển khoản',
  payment_credit: 'Bán chịu',
  money_with: 'Ai giữ tiền',
  money_with_member: 'Thành viên',
  money_with_coop: 'Hợp tác xã',
  selling_for: 'Ghi hộ cho',
  coop_own: 'Hàng của hợp tác xã',
  a_member: 'Một thành viên',
  toast_saved: 'Đã lưu {amount}',
  toast_today: 'Hôm nay: {amount}',
  toast_undone: 'Đã hủy phiếu {amount}',

  // Goods
  goods: 'Hàng',
  add_listing: 'Thêm hàng',

  // The book
  book: 'Sổ bán hàng',
  credit: 'Tiền chịu',

  // Sending
  send: 'Gửi',
} as const
