"""The user guide as files: its pages, by whom they are for, and the pictures on them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from config import ROOT

FOLDER = ROOT / "docs" / "huong-dan"
CONTENTS = FOLDER / "README.md"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path != CONTENTS)
OFFICE = [path for path in PAGES if path.stem.startswith("can-bo-")]
PROVINCE = [path for path in PAGES if path.stem.startswith("lien-minh")]
MEMBER = [path for path in PAGES if path not in (*OFFICE, *PROVINCE)]
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")


def pictures_of(pages: Iterable[Path]) -> set[str]:
    """Names of the files, without their folder."""
    return {Path(address).name for page in pages for _, address in PICTURE.findall(page.read_text())}
