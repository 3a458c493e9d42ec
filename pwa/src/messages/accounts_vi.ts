/** What a shared phone says: who uses it, and the PIN before each one's book. */
export const accounts_vi = {
  back: 'Quay lại',
  next: 'Tiếp',
  erase: 'Xóa một số',
  skip: 'Bỏ qua',
  minutes: '{n} phút',
  seconds: '{n} giây',

  // The picker
  who: 'Ai dùng máy?',
  role_member: 'Thành viên',
  role_manager: 'Cán bộ quản lý',
  role_admin: 'Liên minh HTX tỉnh',
  unsent: 'còn {n} mục chưa gửi',
  password_wanted: 'cần mật khẩu để gửi',
  add_person: 'Thêm người',
  add_person_why: 'Người mới cần có mạng một lần để đăng nhập. Sổ của mỗi người để riêng.',

  // Taking somebody off the phone
  leave: 'Bỏ người này khỏi máy',
  leave_why:
    'Người này ra khỏi danh sách dùng máy. Sổ vẫn ở trên máy; mở lại thì cần mật khẩu và cần có mạng.',
  leave_blocked: 'Còn {n} mục của người này chỉ có trên máy này. Hãy gửi trước.',
  leave_send: 'Gửi rồi bỏ khỏi máy',
  leave_sending: 'Đang gửi…',
  leave_not_sent: 'Chưa gửi được. Hãy thử lại khi có mạng.',
  leave_password: 'Chưa gửi được: người này cần nhập mật khẩu.',
  leave_open: 'Mở sổ để lưu ra tệp',

  // The own picture
  portrait: 'Ảnh của tôi',
  portrait_why: 'Ảnh để tìm sổ của mình khi nhiều người dùng máy. Ảnh chỉ ở trên máy này.',
  portrait_set: 'Đặt ảnh của tôi',
  portrait_change: 'Đổi ảnh của tôi',
  portrait_drop: 'Bỏ ảnh của tôi',

  // The PIN
  pin: 'Mã PIN',
  pin_of: 'Mã PIN của {name}',
  pin_typed: 'Đã nhập {n} số',
  wrong_pin: 'Mã PIN không đúng.',
  wait: 'Sai nhiều lần quá. Hãy đợi {time} rồi nhập lại.',
  no_pin: 'Chưa có mã PIN',
  forgot: 'Quên mã PIN?',
  forgot_title: 'Quên mã PIN',
  forgot_password: 'Có mạng: nhập mật khẩu ở dưới rồi chọn mã PIN mới.',
  forgot_manager:
    'Không nhớ mật khẩu: khi có mạng, nhờ cán bộ hợp tác xã tạo lại mã QR, quét mã, rồi chọn mật khẩu và mã PIN mới.',
  forgot_safe: 'Sổ trên máy không mất gì, kể cả phiếu chưa gửi.',

  // On the account's sheet
  hand_on: 'Đưa máy cho người khác',
  hand_on_why: 'Khóa sổ của mình; người khác mở sổ của họ. Máy vẫn gửi phiếu của mọi người.',
  hand_on_first:
    'Nhiều người dùng chung máy: mỗi người một sổ riêng, mở bằng mã PIN. Chọn mã PIN của mình trước.',
  set_pin: 'Đặt mã PIN',
  change_pin: 'Đổi mã PIN',
  old_pin: 'Nhập mã PIN cũ',
  lock_after: 'Tự khóa khi không dùng',
  lock_after_0: 'Khóa ngay',
  lock_after_5: '5 phút',
  lock_after_30: '30 phút',

  // Choosing one
  choose: 'Chọn mã PIN',
  choose_for: 'Chọn mã PIN cho {name}',
  choose_why: '4 đến 6 số, để người khác cùng dùng máy không mở sổ của mình.',
  choose_is: 'Mã PIN chỉ ở trên máy này. Mã PIN không phải mật khẩu và không khóa kỹ bằng mật khẩu.',
  choose_again: 'Nhập lại lần nữa',
  choose_differ: 'Hai lần không giống nhau. Hãy chọn lại.',
  choose_failed: 'Chưa lưu được mã PIN. Hãy thử lại.',
} as const
