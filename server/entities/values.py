"""The kinds of value that synced fields hold: marshmallow fields that answer with the protocol's error codes.

Each also says its column and its TypeScript type, so that a field is defined once (docs/protocol.md, Words).
"""

import re
import unicodedata
from datetime import date, datetime
from typing import Any, ClassVar

from marshmallow import ValidationError, fields
from sqlalchemy import JSON, BigInteger, Boolean, String, Text
from sqlalchemy.types import TypeEngine

from sync.mutation import is_id

QUANTITY_MAX = 10**12
PRICE_VND_MAX = 10**12
TOTAL_VND_MAX = 10**15
# What sums may come to: every JSON reader, JavaScript's too, takes it exactly.
SUM_VND_MAX = 9 * 10**15
# Of these a list may hold so many, which a mutation has room for.
MOST_GOODS = 50

_sha256 = re.compile(r"[0-9a-f]{64}\Z").match
_day = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII).match
_instant = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z\Z", re.ASCII).match
# Control characters but tab and line breaks, and unpaired surrogates: no database or screen takes them.
_unwritable = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]").search


class Value(fields.Field[Any]):
    """A value of a synced field. `clean` is the whole check; it raises ValidationError with an error code."""

    column: ClassVar[TypeEngine[Any]] = Text()
    typescript: ClassVar[str] = "string"

    def __init__(self, *, nullable: bool = False, **options: Any) -> None:
        super().__init__(allow_none=nullable, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return self.clean(value)

    def clean(self, value: Any) -> Any:
        raise NotImplementedError  # abstract: every kind of value checks itself


class Words(Value):
    """Text, trimmed and composed (NFC), of a bounded number of characters."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most = least, most

    def clean(self, value: Any) -> str:
        if not isinstance(value, str) or _unwritable(value):
            raise ValidationError("invalid")
        text = value.strip()
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        if len(text) < self.least:
            raise ValidationError("too_short")
        if len(text) > self.most:
            raise ValidationError("too_long")
        return text


class Whole(Value):
    """An integer within bounds: đồng, or thousandths of a unit."""

    column = BigInteger()
    typescript = "number"

    def __init__(self, least: int, most: int, *, zero: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most, self.zero = least, most, zero

    def clean(self, value: Any) -> int:
        if type(value) is not int:
            raise ValidationError("invalid")
        if not self.least <= value <= self.most or (value == 0 and not self.zero):
            raise ValidationError("out_of_range")
        return value


class Vnd(Whole):
    """A sum of money, owed either way."""

    def __init__(self) -> None:
        super().__init__(-SUM_VND_MAX, SUM_VND_MAX)


class Choice(Value):
    """One of a few words."""

    def __init__(self, *choices: str, **options: Any) -> None:
        super().__init__(**options)
        self.choices = choices

    def clean(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise ValidationError("unknown")
        return value


class Flag(Value):
    """A `once` value: it can only be set to true."""

    column = Boolean()
    typescript = "true"

    def clean(self, value: Any) -> bool:
        if value is False:
            raise ValidationError("once")
        if value is not True:
            raise ValidationError("invalid")
        return True


class Truth(Value):
    column = Boolean()
    typescript = "boolean"

    def clean(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("invalid")
        return value


class Uuid(Value):
    """The id of another record. Soft: what it names may arrive later."""

    def clean(self, value: Any) -> str:
        if not is_id(value):
            raise ValidationError("invalid")
        return value


class Sha256(Value):
    def clean(self, value: Any) -> str:
        if not isinstance(value, str) or not _sha256(value):
            raise ValidationError("invalid")
        return value


class Instant(Value):
    """ISO 8601 in UTC with `Z`, kept as written."""

    def clean(self, value: Any) -> str:
        if not isinstance(value, str) or not _instant(value):
            raise ValidationError("invalid")
        try:
            moment = datetime.fromisoformat(value[:19] + "+00:00")
        except ValueError:
            raise ValidationError("invalid") from None
        if not 1970 <= moment.year <= 9998:
            raise ValidationError("invalid")
        return value


class Day(Value):
    """A day of the calendar, `YYYY-MM-DD`, of the years 2000 to 2100."""

    column = String(10)

    def clean(self, value: Any) -> str:
        if not isinstance(value, str) or not _day(value):
            raise ValidationError("invalid")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise ValidationError("invalid") from None
        if not 2000 <= day.year <= 2100:
            raise ValidationError("out_of_range")
        return value


class GoodsTotals(Value):
    """What was sold of each of some goods, a list of `{product_name, unit, quantity_milli, total_vnd, sales}`.

    An empty `product_name` is all others together, whose quantities cannot be added up: 0, without a unit.
    """

    column = JSON(none_as_null=True)
    typescript = (
        "readonly { product_name: string; unit: string; quantity_milli: number; total_vnd: number; sales: number }[]"
    )
    parts: ClassVar[dict[str, Value]] = {
        "product_name": Words(0, 200),
        "unit": Words(0, 20),
        "quantity_milli": Whole(0, SUM_VND_MAX),
        "total_vnd": Whole(0, SUM_VND_MAX),
        "sales": Whole(0, QUANTITY_MAX),
    }

    def clean(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or len(value) > MOST_GOODS:
            raise ValidationError("invalid")
        for goods in value:
            if not isinstance(goods, dict) or goods.keys() != self.parts.keys():
                raise ValidationError("invalid")
        return [{name: part.clean(goods[name]) for name, part in self.parts.items()} for goods in value]
