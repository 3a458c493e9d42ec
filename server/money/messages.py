"""The words on printed sheets."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "number": "Số",
        "name": "Họ và tên",
        "village": "Thôn, bản",
        "amount": "Số tiền (đ)",
        "sign": "Ký nhận",
        "total": "Cộng",
        "payer": "Người trả tiền",
        "head": "Giám đốc hợp tác xã",
        "paid": "Danh sách trả tiền bà con",
        "advance": "Danh sách ứng tiền",
        "opening": "Danh sách nợ đầu kỳ",
        "owed": "Danh sách tiền hợp tác xã còn nợ bà con",
    },
    "en": {
        "number": "No.",
        "name": "Name",
        "village": "Village",
        "amount": "Amount (đ)",
        "sign": "Signature",
        "total": "Total",
        "payer": "Paid by",
        "head": "Director",
        "paid": "Payments to members",
        "advance": "Advances to members",
        "opening": "Owed before the book began",
        "owed": "What the co-operative owes its members",
    },
}
LANGUAGES = tuple(WORDS)


def words(language: str) -> Mapping[str, str]:
    return WORDS[language]
