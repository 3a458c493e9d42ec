"""Languages: tags of BCP 47 (RFC 5646), and what people wrote before there were tags."""

import re
from typing import Any

from marshmallow import ValidationError

from server.entities.values import Words

MOST = 35

# The syntax of RFC 5646, section 2.1, in lower case.
_well_formed = re.compile(
    r"(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})"  # language, with what extends it
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"  # script, region
    r"(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wy-z\d](?:-[a-z\d]{2,8})+)*"  # variants, extensions
    r"(?:-x(?:-[a-z\d]{1,8})+)?|x(?:-[a-z\d]{1,8})+)\Z",
    re.ASCII,
).match
_irregular = re.compile(
    r"(?:en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:be-fr|be-nl|ch-de))\Z"
).match

# What was free text, by what people in Vietnam call their languages. A name that means several languages (Dao) is none.
_NAMES = {
    **dict.fromkeys(("tiếng việt", "việt", "tieng viet", "việt nam", "kinh", "vietnamese", "vie", "vi-vn", "vn"), "vi"),
    **dict.fromkeys(("tiếng anh", "anh", "tieng anh", "english", "eng"), "en"),
    **dict.fromkeys(("tiếng hmông", "tiếng h'mông", "hmông", "h'mông", "mông", "tiếng mông", "hmong"), "hmn"),
    **dict.fromkeys(("tiếng tày", "tày"), "tyz"),
    **dict.fromkeys(("tiếng nùng", "nùng"), "nut"),
}
# Codes of three letters that are read as such; a word of three letters may as well be a name.
_CODES = frozenset(("hmn", "mww", "hnj", "hmv", "tyz", "nut", "ium", "mji"))


class LanguageTag(Words):
    """A well-formed language tag in the usual case, or nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(0, MOST, **options)

    def clean(self, value: object) -> str:
        text = super().clean(value)
        if text and not _is_tag(text):
            raise ValidationError("invalid")
        return _in_usual_case(text)


def tag_of(text: str) -> str:
    """The tag that free text means, or the text as it is."""
    words = " ".join(text.lower().replace("’", "'").split())
    if words in _NAMES:
        return _NAMES[words]
    tag = words.replace("_", "-")
    tag = _NAMES.get(tag, tag)
    language = tag.partition("-")[0]
    known = len(language) == 2 or language in _CODES
    return _in_usual_case(tag) if known and _is_tag(tag) else text


def _is_tag(text: str) -> bool:
    return _well_formed(text.lower()) is not None or _irregular(text.lower()) is not None


def _in_usual_case(tag: str) -> str:
    """RFC 5646, section 2.1.1: lower case, but `Latn` and `VN` where they follow a language."""
    parts = tag.lower().split("-")
    for place, part in enumerate(parts[1:], start=1):
        if len(parts[place - 1]) == 1:
            continue
        if len(part) == 2:
            parts[place] = part.upper()
        elif len(part) == 4:
            parts[place] = part.title()
    return "-".join(parts)
