/** The notices of consent. When what they say changes, `NOTICE` in state/consent.ts becomes another day. */
export const consent_vi = {
  consent: 'Điều tôi đồng ý',
  consent_why: 'Không đồng ý cũng không sao: bán hàng vẫn như thường. Đổi ý lúc nào cũng được.',
  public_name: 'Ghi tên gọi của tôi trên trang hàng',
  public_name_notice:
    'Người mua thấy tên gọi của bạn cạnh hàng bạn bán. Không có họ, số điện thoại, thôn bản.',
  photo: 'Cho xem ảnh có mặt tôi',
  photo_notice: 'Người mua xem được ảnh có mặt bạn trên trang hàng.',
  ethnic_group: 'Ghi dân tộc của tôi',
  ethnic_group_notice:
    'Cán bộ ghi bạn là người dân tộc nào, để tính ai được hỗ trợ. Không cho người mua xem, không đưa vào tệp. Thôi đồng ý thì xóa ngay.',
  yes: 'Đồng ý',
  no: 'Không',
  since: 'Đồng ý từ {day}',
} as const
