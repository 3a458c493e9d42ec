"""What stands on the boards of the demo: real markets, invented notices, a need with its answer."""

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from server.board import records
from server.demo.season import DAY_MS, uuid7
from sync.review import instant

# Real ones of both districts: by the zodiac as Lũng Phìn (tiger and monkey) and Sà Phìn (snake and pig), by the week.
MARKETS = {
    "Tuyên Quang": (
        ("Chợ phiên Đồng Văn", "Phố cổ Đồng Văn", "weekday:7"),
        ("Chợ lùi Sà Phìn", "Xã Sà Phìn", "zodiac:5,11"),
        ("Chợ lùi Lũng Phìn", "Xã Lũng Phìn", "zodiac:2,8"),
    ),
    "Lào Cai": (
        ("Chợ phiên Bắc Hà", "Trung tâm Bắc Hà", "weekday:7"),
        ("Chợ phiên Cán Cấu", "Xã Cán Cấu", "weekday:6"),
    ),
}
TRAINING = "Tập huấn đóng gói mật ong, chè"
SUPPORT = "Hỗ trợ cước chở hàng ra chợ tỉnh"


def fill_board(
    session: Session, rng: random.Random, coop_id: str, province: str, members: list[str], end_ms: int
) -> None:
    """The board of one co-operative; `members` are two who told what they need."""
    day = datetime.fromtimestamp(end_ms / 1000).date()
    markets = {
        uuid7(end_ms - DAY_MS, rng): {"name": name, "place": place, "rule": rule}
        for name, place, rule in MARKETS[province]
    }
    training_on = (day + timedelta(days=9)).isoformat()
    notices: dict[str, dict[str, Any]] = {
        # The province's: the same one everywhere.
        uuid7(end_ms - 5 * DAY_MS, random.Random(SUPPORT)): {  # noqa: S311 - nothing secret comes from it
            "kind": "policy",
            "title": SUPPORT,
            "body": "Chở từ 100 kg trở lên thì được hỗ trợ một nửa tiền cước. Hỏi cán bộ ở Ủy ban nhân dân xã.",
            "told_by": "province",
        },
        uuid7(end_ms - 2 * DAY_MS, rng): {
            "kind": "training",
            "title": TRAINING,
            "body": "8 giờ sáng, nhà văn hóa xã. Có xe đón ở các bản. Ăn trưa tại chỗ.",
            "starts_on": training_on,
            "ends_on": training_on,
            "told_by": "coop",
        },
    }
    asked, waiting = members
    needs = {
        uuid7(end_ms - 6 * DAY_MS, rng): {
            "kind": "transport",
            "text": "Đường vào bản lở, xe không lên lấy hàng được.",
            "told_at": instant(end_ms - 6 * DAY_MS),
            "member_id": asked,
            "answer": "Xã đang sửa đường. Tuần này hợp tác xã cho xe máy lên lấy hàng.",
            "answered_at": instant(end_ms - 4 * DAY_MS),
        },
        uuid7(end_ms - DAY_MS, rng): {
            "kind": "price",
            "text": "",
            "told_at": instant(end_ms - DAY_MS),
            "member_id": waiting,
        },
    }
    for entity, wanted in (("market", markets), ("notice", notices), ("need", needs)):
        records.write(session, coop_id, entity, wanted)
