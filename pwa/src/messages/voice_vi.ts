/**
 * What the loudspeaker says: for each screen what it is for and what to tap, and messages that name values, without
 * them. Every key but `voice_…` is a sentence that can be recorded: keys stay, since packs name them.
 */
export const voice_vi = {
  // Screens
  say_sell: 'Đây là trang bán hàng. Chạm vào món hàng vừa bán. Hàng chưa có hình ở đây thì chạm Hàng khác.',
  say_amount:
    'Chọn số lượng đã bán. Mặc cả thì chạm vào số tiền để sửa. Chọn cách trả tiền, rồi chạm Lưu. Lưu được cả khi không có mạng.',
  say_other_goods:
    'Ghi bán hàng chưa có trong sổ. Điền tên hàng, chọn bán theo gì, rồi điền số lượng và giá.',
  say_goods:
    'Đây là hàng của bạn. Chạm vào một món để xem, đổi giá hoặc ghi thêm hàng. Chạm Thêm hàng để thêm món mới.',
  say_listing:
    'Đây là một món hàng. Ở đây đổi giá, chụp ảnh, ghi hàng có thêm hoặc bị hao hụt, hay cất đi, thôi bán.',
  say_listing_new:
    'Thêm món hàng mới. Điền tên, chọn bán theo gì, điền giá. Chụp ảnh để dễ nhận ra. Rồi chạm Lưu.',
  say_statement:
    'Đây là số tiền hợp tác xã còn phải trả. Ở dưới là những lần đã trả, đã ứng. Chạm vào phiếu tiền để gửi đi.',
  say_book: 'Đây là sổ bán hàng, lần bán mới nhất ở trên. Chạm vào một phiếu để xem hoặc sửa.',
  say_sale:
    'Đây là một phiếu bán. Ghi sai thì chạm Sửa phiếu. Bán nhầm thì chạm Hủy phiếu. Phiếu hủy vẫn còn trong sổ.',
  say_correct: 'Sửa phiếu bán. Điền lại số đúng, rồi chạm Lưu. Phiếu cũ vẫn còn trong sổ.',
  say_send:
    'Trang gửi sổ. Khi có mạng, máy tự gửi. Hai số bằng nhau và có dấu đúng là hợp tác xã đã nhận đủ. Chạm nút lớn để gửi ngay.',
  say_board:
    'Bảng tin của hợp tác xã: chợ phiên sắp tới, thông báo, giá thường bán. Cần gì hoặc gặp khó khăn gì thì chạm Gửi ý kiến.',
  say_sign_in: 'Hãy đăng nhập. Điền số điện thoại hoặc mã thành viên, rồi điền mật khẩu và chạm Đăng nhập.',
  say_gate: 'Máy này nhiều người dùng. Chạm vào tên của bạn, rồi bấm mã PIN.',
  say_enrol: 'Vào bằng mã mời của cán bộ. Xem tên có đúng là bạn không, rồi đặt mật khẩu.',
  say_first_sync: 'Đang tải sổ về máy. Hãy đợi một lúc. Chỉ lần đầu cần có mạng.',
  say_account: 'Đây là tài khoản của bạn. Ở đây chọn ngôn ngữ, chọn giọng nói, hoặc đăng xuất.',
  say_password: 'Cần nhập lại mật khẩu để gửi. Những gì đã ghi vẫn còn trên máy.',
  say_camera: 'Chụp ảnh. Chạm nút tròn ở dưới để chụp, rồi chạm Dùng ảnh. Chạm Chọn ảnh để lấy ảnh có sẵn.',
  say_storage: 'Sổ trên máy chưa mở được. Không mất gì cả. Hãy chạm Thử lại.',
  say_save_file: 'Lưu ra tệp. Đặt mật khẩu cho tệp, chạm Khóa tệp, rồi gửi tệp sang máy khác để giữ.',
  say_take_back: 'Lấy lại từ tệp. Chọn tệp đã lưu, điền mật khẩu của tệp, rồi chạm Lấy lại.',
  say_receipt: 'Biên nhận bán hàng. Chạm Gửi biên nhận để gửi cho người mua, không cần mạng.',
  say_keypad: 'Chạm vào các số để điền, rồi chạm Xong.',
  say_sheet: 'Điền vào đây, rồi chạm Lưu. Chạm dấu chéo ở góc trên để đóng lại.',
  say_office: 'Phần này dành cho cán bộ quản lý.',
  say_help: 'Trang trợ giúp. Chạm vào một dòng để xem cách làm, có hình. Đọc được cả khi không có mạng.',
  say_screen: 'Chạm vào hình loa để nghe. Chạm mũi tên ở góc trên để quay lại.',

  // Messages, without the values that they show
  toast_saved: 'Đã lưu trên máy này.',
  toast_today: 'Đây là tổng tiền bán hôm nay.',
  toast_undone: 'Đã hủy phiếu vừa ghi.',
  clock_ahead: 'Đồng hồ máy chạy nhanh. Hãy chỉnh lại giờ.',
  clock_behind: 'Đồng hồ máy chạy chậm. Hãy chỉnh lại giờ.',
  more_than_left: 'Số này nhiều hơn số còn trong sổ. Vẫn lưu được.',
  sign_in_wait: 'Thử sai nhiều lần quá. Hãy đợi vài phút.',
  sign_out_blocked: 'Còn thứ chỉ có trên máy này. Hãy gửi hoặc lưu ra tệp trước.',
  checked: 'Đã đối chiếu với hợp tác xã, khớp.',
  photos_waiting: 'Còn ảnh đang chờ gửi.',
  voided_why: 'Phiếu này đã hủy.',

  enrol_wait: 'Thử nhiều lần quá. Hãy đợi vài phút.',
  pin_leave_blocked: 'Người này còn thứ chỉ có trên máy này. Hãy gửi trước.',
  file_made: 'Đã khóa tệp. Hãy cất ra ngoài máy này.',
  file_left_out: 'Có ảnh không vừa tệp. Ảnh vẫn còn trên máy, có mạng sẽ gửi.',
  file_taken_here: 'Đã lấy lại từ tệp. Có mạng máy sẽ tự gửi.',
  file_taken_sign_in: 'Đã giữ trên máy này. Chủ của tệp đăng nhập thì máy gửi.',
  file_known: 'Những mục này đã có sẵn trên máy, không ghi thêm.',
  pin_wait: 'Sai nhiều lần quá. Hãy đợi một lúc rồi nhập lại.',

  // The loudspeaker and its settings
  voice_say: 'Nghe trang này',
  voice_stop: 'Thôi nghe',
  voice_silent: 'Máy này chưa có giọng nói. Hãy đọc hoặc nhờ người đọc.',
  voice_title: 'Giọng nói',
  voice_device: 'Giọng của máy',
  voice_auto: 'Tự đọc khi mở trang',
  voice_size: '{size} · {n} câu',
  voice_here: 'có trên máy',
  voice_partly: 'có {n} trên {of} câu, sẽ tải tiếp khi có mạng',
  voice_loading: 'Đang tải {n} trên {of} câu…',
  voice_full: 'Máy đầy bộ nhớ, chưa tải hết giọng nói.',
  voice_update: 'Tải bản mới',
  voice_remove: 'Xóa khỏi máy',
  voice_none: 'Hợp tác xã chưa thu giọng nói nào.',
  voice_offline: 'Cần có mạng một lần để xem và tải giọng nói.',
} as const
