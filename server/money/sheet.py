"""The sheet that people sign when they are paid, as a PDF that any printer takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from server.money.messages import words

FONT, BOLD, SIZE = "SourceSansPro-Regular", "SourceSansPro-Bold", 10.5
WIDTHS = (12 * mm, 62 * mm, 40 * mm, 36 * mm, 32 * mm)


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    village: str
    amount_vnd: int


@cache
def _fonts() -> None:
    folder = files("font_source_sans_pro") / "files"
    for name in (FONT, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD)


def dong(vnd: int) -> str:
    return f"{vnd:,}".replace(",", ".").replace("-", "−")


def _broken(words: str, width: float, style: ParagraphStyle) -> str | Paragraph:
    """Text for a cell, in lines where it is too long for one: a paragraph costs ten times as much."""
    is_short = pdfmetrics.stringWidth(words, FONT, SIZE) < width - 12
    return words if is_short and words.isprintable() else Paragraph(escape(words), style)


def sheet(coop: str, title: str, day: str, rows: Sequence[Row], language: str = "vi") -> bytes:
    """One line a person with room to sign, the sum, and who signs for the co-operative."""
    _fonts()
    say = words(language)
    text = ParagraphStyle("text", fontName=FONT, fontSize=SIZE, leading=13)
    head = ParagraphStyle("head", parent=text, fontName=BOLD)
    big = ParagraphStyle("big", parent=head, fontSize=16, leading=20)
    table: list[list[str | Paragraph]] = [
        [Paragraph(word, head) for word in (say["number"], say["name"], say["village"], say["amount"], say["sign"])]
    ]
    for number, row in enumerate(rows, start=1):
        names = (_broken(row.name, WIDTHS[1], text), _broken(row.village, WIDTHS[2], text))
        table.append([str(number), *names, dong(row.amount_vnd), ""])
    total = dong(sum(row.amount_vnd for row in rows))
    table.append(["", say["total"], "", f"{total} đ", ""])
    lines = LongTable(table, WIDTHS, repeatRows=1)
    lines.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, "#888888"),
                ("BACKGROUND", (0, 0), (-1, 0), "#eeeeee"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("FONT", (0, 0), (-1, -1), FONT, SIZE, 13),
                ("FONT", (0, -1), (-1, -1), BOLD, SIZE, 13),
                ("ALIGN", (3, 1), (3, -1), "RIGHT"),
                ("TOPPADDING", (0, 1), (-1, -1), 9),
                ("BOTTOMPADDING", (0, 1), (-1, -1), 9),
            ]
        )
    )
    made = BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 14 * mm)
    page = SimpleDocTemplate(made, pagesize=A4, title=title, author=coop, invariant=1, **margins)
    parts = [
        Paragraph(escape(coop), head),
        Paragraph(escape(title), big),
        Paragraph(day, text),
        Spacer(0, 5 * mm),
        lines,
    ]
    signed = LongTable([[Paragraph(say["payer"], head), Paragraph(say["head"], head)]], (91 * mm, 91 * mm))
    page.build([*parts, Spacer(0, 8 * mm), signed])
    return made.getvalue()
