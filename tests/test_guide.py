"""The user guide says what the app really shows: its quoted words, its pictures, its links."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from config import ROOT
from tests.guide import CONTENTS, FOLDER, MEMBER, OFFICE, PAGES, PICTURE, pictures_of

MESSAGES = ROOT / "pwa" / "src" / "messages"
WORDS = re.compile(r"""^\s+\w+:\s*(['"])((?:\\.|(?!\1).)*)\1,""", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]*)\)")
LABEL = re.compile("“([^”]+)”")


def shown_by_the_app() -> list[re.Pattern[str]]:
    """A pattern for each Vietnamese message, anything in the place of its `{values}`."""
    found = []
    for path in MESSAGES.glob("*vi.ts"):
        for _, text in WORDS.findall(path.read_text()):
            parts = re.split(r"\{\w+\}", text.replace("\\'", "'"))
            found.append(re.compile(".+".join(map(re.escape, parts))))
    return found


SHOWN = shown_by_the_app()


def in_guide(pattern: re.Pattern[str]) -> list[str]:
    return [found for page in (CONTENTS, *PAGES) for found in pattern.findall(page.read_text())]


@pytest.mark.parametrize("page", [CONTENTS, *PAGES], ids=lambda page: page.stem)
def test_every_quoted_label_stands_on_a_screen_in_these_words(page: Path) -> None:
    labels = LABEL.findall(" ".join(page.read_text().split()))
    assert [label for label in labels if not any(shown.fullmatch(label) for shown in SHOWN)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_is_short_and_has_a_title_steps_and_a_picture_with_words(page: Path) -> None:
    text = page.read_text()
    assert re.match(r"# [^\n]+\n", text)
    assert re.search(r"^1\. ", text, re.MULTILINE)
    assert len(text.split()) < 450
    pictures = PICTURE.findall(text)
    assert pictures
    assert all(words for words, _ in pictures)


@pytest.mark.parametrize("page", [CONTENTS, *PAGES], ids=lambda page: page.stem)
def test_guide_is_written_in_composed_characters(page: Path) -> None:
    assert page.read_text() == unicodedata.normalize("NFC", page.read_text())


def test_every_picture_is_there_and_shown() -> None:
    assert pictures_of(PAGES) == {path.name for path in (FOLDER / "pictures").iterdir()}


def test_every_link_leads_to_a_page_and_the_contents_lead_to_all_once() -> None:
    assert [link for link in in_guide(LINK) if not (FOLDER / link).is_file()] == []
    assert sorted(LINK.findall(CONTENTS.read_text())) == [page.name for page in PAGES]


def test_pages_lead_to_none_that_their_reader_does_not_have() -> None:
    """A member has no pages for staff, a manager none for the province."""
    for readers, others in ((MEMBER, "can-bo-|lien-minh"), (OFFICE, "lien-minh")):
        links = [link for page in readers for link in LINK.findall(page.read_text())]
        assert [link for link in links if re.match(others, link)] == []
