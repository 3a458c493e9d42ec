"""Who trades in the demo and with what: invented people and co-operatives, in two real communes of the list of 2025."""

from dataclasses import dataclass

from server.accounts import Place

PASSWORD = "chophien-demo"  # noqa: S105 - a demo's password is known to everyone, on purpose
ADMIN_PHONE = "0900000001"
ADMIN_NAME = "Hoàng Minh Đức"


@dataclass(frozen=True)
class Goods:
    """Something that is sold: usual price, usual amounts of one sale in thousandths of the unit."""

    name: str
    unit: str
    price_vnd: int
    amounts_milli: tuple[int, ...]


@dataclass(frozen=True)
class DemoCoop:
    name: str
    place: Place
    manager: tuple[str, str]
    first_phone: int
    members: tuple[tuple[str, str], ...]
    goods: tuple[Goods, ...]


_KG = (500, 1000, 1000, 1500, 2000, 2500, 3000, 5000)
_LITRE = (500, 1000, 1000, 1000, 2000, 2500, 5000)
_PIECES = (1000, 1000, 1000, 2000, 2000, 3000)

COOPS = (
    DemoCoop(
        name="HTX Đá Nở Hoa",
        place=Place("08", "Tuyên Quang", "00721", "Xã Đồng Văn"),
        manager=("0900000002", "Vàng Thị Mai"),
        first_phone=900000011,
        members=(
            ("Giàng A Páo", "Má Lủng"),
            ("Sùng Thị Mỷ", "Lũng Lú"),
            ("Vàng Mí Sính", "Tả Lủng"),
            ("Thò Thị Dính", "Má Lủng"),
            ("Lầu Mí Pó", "Khía Lía"),
            ("Ly Thị Súa", "Lũng Lú"),
            ("Hờ A Chớ", "Tả Lủng"),
            ("Mua Thị Pà", "Má Tìa"),
            ("Sình Mí Lử", "Khía Lía"),
            ("Già Thị Say", "Má Tìa"),
        ),
        goods=(
            Goods("Mật ong bạc hà", "lít", 450_000, _LITRE),
            Goods("Chè Shan tuyết", "kg", 350_000, (200, 300, 500, 500, 1000, 1000)),
            Goods("Lợn đen", "kg", 120_000, (2000, 3000, 5000, 10_000, 42_000)),
            Goods("Gà đồi", "con", 230_000, _PIECES),
            Goods("Rượu ngô", "lít", 60_000, _LITRE),
            Goods("Khăn thổ cẩm", "cái", 180_000, _PIECES),
            Goods("Tam giác mạch", "kg", 45_000, _KG),
            Goods("Đậu răng ngựa", "kg", 38_000, _KG),
        ),
    ),
    DemoCoop(
        name="HTX Mận Trắng",
        place=Place("15", "Lào Cai", "02839", "Xã Bắc Hà"),
        manager=("0900000003", "Nông Thị Hạnh"),
        first_phone=900000021,
        members=(
            ("Lù Văn Tuấn", "Na Kim"),
            ("Lý Tả Mẩy", "Nậm Lúc"),
            ("Chảo Láo Tả", "Nậm Lúc"),
            ("Vàng Thị Sẻo", "Bản Phố"),
            ("Tẩn Sài Quẩy", "Nậm Mòn"),
            ("Nông Văn Thắng", "Na Hối"),
            ("Hoàng Thị Nhình", "Na Hối"),
            ("Ly Seo Dìn", "Bản Phố"),
            ("Thào Seo Chứ", "Bản Phố"),
            ("Phàn Mẩy Pham", "Nậm Mòn"),
        ),
        goods=(
            Goods("Thảo quả khô", "kg", 120_000, _KG),
            Goods("Mận tam hoa", "kg", 25_000, (2000, 3000, 5000, 10_000, 20_000)),
            Goods("Quế khô", "kg", 65_000, _KG),
            Goods("Miến dong", "kg", 70_000, _KG),
            Goods("Măng khô", "kg", 220_000, (300, 500, 500, 1000, 2000)),
            Goods("Gạo nếp nương", "kg", 38_000, (2000, 5000, 5000, 10_000)),
            Goods("Rượu ngô Bản Phố", "lít", 70_000, _LITRE),
            Goods("Túi thổ cẩm", "cái", 150_000, _PIECES),
        ),
    ),
)
