"""What the server's own pages say. Vietnamese first, English complete."""

from __future__ import annotations

MESSAGES: dict[str, dict[str, str]] = {
    "vi": {
        "name": "Chợ Phiên",
        "tagline": "Sổ chợ của hợp tác xã, ghi được cả khi không có mạng",
        "lead": "Bà con ghi hàng và tiền bán ngay trên điện thoại của mình, không cần mạng. "
        "Có mạng là gửi, hợp tác xã nhận đủ từng phiếu, tỉnh có số liệu chung tin được.",
        "open": "Mở ứng dụng",
        "open_hint": "Mở một lần khi có mạng. Sau đó dùng được khi không có mạng.",
        "other_language": "English",
        "other_language_code": "en",
        "promises": "Ba lời hứa",
        "saved": "Đã lưu là đã lưu",
        "saved_text": "Dấu tích chỉ hiện khi phiếu đã nằm chắc trong bộ nhớ của máy.",
        "sent": "Đã gửi là được tính",
        "sent_text": "“Ở đây 37, hợp tác xã 37”: máy đối chiếu với máy chủ rồi mới nói.",
        "merged": "Gộp là có giải thích",
        "merged_text": "Không số nào biến mất. Ai ghi, lúc nào, trên máy nào, vì sao giữ số này: chạm một lần là thấy.",
        "who": "Dành cho ai",
        "member": "Thành viên",
        "member_text": "Ghi một lần bán bằng ba lần chạm, xem sổ bán hàng và tiền của mình.",
        "manager": "Cán bộ hợp tác xã",
        "manager_text": "Xem ai đã gửi, ghi giúp người không có điện thoại, xem lại phiếu cần xem.",
        "admin": "Liên minh hợp tác xã tỉnh",
        "admin_text": "Xem số liệu đã gộp của các hợp tác xã và lịch sử của từng phiếu.",
        "demo": "Bản dùng thử: mật khẩu ai cũng biết, đừng ghi dữ liệu thật.",
        "not_built": "Ứng dụng chưa sẵn sàng",
        "not_built_text": "Máy chủ đang được chuẩn bị. Dữ liệu trên điện thoại của bạn vẫn còn nguyên. "
        "Xin mở lại sau ít phút.",
        "not_built_staff": "Dành cho người quản trị máy chủ: chạy make pwa.",
        "back": "Về trang đầu",
    },
    "en": {
        "name": "Chợ Phiên",
        "tagline": "The co-operative’s market book that works without a connection",
        "lead": "Members record goods and sales on their own phone, without a connection. Once there is one it sends: "
        "the co-operative gets every record, and the province sees merged data that it can trust.",
        "open": "Open the app",
        "open_hint": "Open it once with a connection. After that it works offline.",
        "other_language": "Tiếng Việt",
        "other_language_code": "vi",
        "promises": "Three promises",
        "saved": "Saved means saved",
        "saved_text": "The tick is shown only once the record is safely in the phone’s storage.",
        "sent": "Sent means counted",
        "sent_text": "“37 here, 37 at the co-operative”: the phone has checked it with the server before it says so.",
        "merged": "Merged means explained",
        "merged_text": "No value disappears. Who, when, on which phone, and why this one won, is one tap away.",
        "who": "For whom",
        "member": "Members",
        "member_text": "Record a sale in three taps, read your own sales book and earnings.",
        "manager": "Co-operative managers",
        "manager_text": "See who has sent, record for members without a phone, look at what needs a look.",
        "admin": "The provincial union of co-operatives",
        "admin_text": "Read the merged data of all co-operatives and every record’s history.",
        "demo": "This is a demo: everyone knows its passwords, put no real data here.",
        "not_built": "The app is not ready",
        "not_built_text": "The server is being prepared. What is on your phone is safe. Please come back shortly.",
        "not_built_staff": "For whoever runs the server: run make pwa.",
        "back": "To the first page",
    },
}

LANGUAGES = tuple(MESSAGES)
