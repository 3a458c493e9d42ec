"""Vietnamese text for searching: without case, tone marks or diacritics, đ as d (docs/protocol.md, Lists)."""

import unicodedata


def fold(text: str) -> str:
    """`Mật ong Bạc Hà` → `mat ong bac ha`. NFD leaves đ as it is, so that is done by hand."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return plain.replace("đ", "d")
