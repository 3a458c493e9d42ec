"""How people name the columns of their spreadsheets, folded: without case, marks and punctuation."""


def _said(text: str) -> tuple[str, ...]:
    return tuple(" ".join(spelling.split()) for spelling in text.split(";"))


SPELLINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "sale": {
        "sold_on": _said(
            """
            ngay ban; ngay; ngay thang; ngay thang nam; ngay ban hang; ngay giao; ngay xuat; thoi gian; ngay
            ct; ngay chung tu; ngay hd; date; sold at; sold on; day
            """
        ),
        "product_name": _said(
            """
            ten hang; mat hang; san pham; ten san pham; hang hoa; ten hang hoa; hang; noi dung; dien giai; ten
            nong san; nong san; loai hang; ten hang hoa dich vu; chung loai; goods; product; product name;
            item
            """
        ),
        "quantity": _said(
            """
            so luong; sl; khoi luong; kl; luong; so luong ban; san luong; trong luong; can nang; so kg; so
            can; quantity; qty; amount sold; kl kg; so luong kg; sl kg; khoi luong kg
            """
        ),
        "unit": _said(
            """
            don vi; dvt; don vi tinh; dv tinh; dv; unit; d v t
            """
        ),
        "unit_price_vnd": _said(
            """
            don gia; gia; gia ban; gia tien; don gia ban; gia ban le; don gia dong; gia kg; dg; don gia vnd;
            unit price; price
            """
        ),
        "total_vnd": _said(
            """
            thanh tien; tong tien; so tien; tien; tri gia; gia tri; doanh thu; cong tien; tt; tien ban; tien
            ban hang; thanh tien dong; thanh tien vnd; so tien dong; total; amount; sum
            """
        ),
        "member": _said(
            """
            thanh vien; ten thanh vien; xa vien; ten xa vien; ho; ho gia dinh; chu ho; ho va ten; ho ten;
            nguoi ban; ten ho; ho san xuat; nha vuon; ten nguoi ban; hoi vien; ten; member; seller; name; nong
            ho; nguoi giao
            """
        ),
        "buyer_name": _said(
            """
            nguoi mua; ten nguoi mua; ho ten nguoi mua;
            ho va ten nguoi mua; khach hang; khach; ten khach hang; ten khach; ben mua; don vi mua; noi mua; buyer;
            customer
            """
        ),
        "payment": _said(
            """
            thanh toan; hinh thuc thanh toan; httt; hinh thuc; tra tien; cach tra; hinh thuc tt; payment
            """
        ),
        "note": _said(
            """
            ghi chu; chu thich; ghi chep; luu y; note; notes; remark
            """
        ),
    },
    "member": {
        "name": _said(
            """
            ho va ten; ho ten; ten; ten thanh vien; thanh vien; xa vien; ten xa vien; ho va ten thanh vien;
            chu ho; ten chu ho; hoi vien; ho ten thanh vien; ho ten xa vien; ho va ten xa vien; nguoi dai
            dien; name; full name; member
            """
        ),
        "called": _said(
            """
            ten goi; ten thuong goi; ten goi khac; thuong goi; biet danh; called
            """
        ),
        "village": _said(
            """
            thon; ban; thon ban; xom; ap; buon; to dan pho; dia chi; noi o; cho o; thon xom; khu; lang; to;
            dia chi thuong tru; noi cu tru; village; address
            """
        ),
    },
}
# Said so that people know that it was seen: kept nowhere.
UNKEPT: dict[str, tuple[str, ...]] = {
    "row_number": _said("stt; so tt; tt; so thu tu; no; #"),
    "phone": _said("so dien thoai; dien thoai; sdt; so dt; dt; di dong; phone"),
    "ethnic_group": _said("dan toc"),
    "identity": _said("cccd; cmnd; so cccd; so cmnd; can cuoc"),
}
