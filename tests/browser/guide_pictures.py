"""Pictures of the user guide: a screen with numbered rings where its page of the guide says to tap."""

from __future__ import annotations

import io
import os
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from config import ROOT

FOLDER = ROOT / "docs" / "huong-dan" / "pictures"
RING = (200, 16, 46)
SCREEN = {"width": 360, "height": 640}
HAND: dict[str, Any] = {"viewport": SCREEN, "reduced_motion": "reduce"}
# Just wide enough for the tabs at the side: the help shows it in half of a window.
DESK: dict[str, Any] = {
    "viewport": {"width": 1024, "height": 640},
    "has_touch": False,
    "is_mobile": False,
    "reduced_motion": "reduce",
}
COLORS = 12
"""Enough for a screen and its rings. Without loss otherwise: words stay sharp, a picture has about 7 KB. The phone
keeps all of them.
"""

# In the top layer, so that they stand above sheets too. They take no part in the page.
DRAW = """
(rings) => {
  const cloth = document.createElement('div')
  cloth.id = 'rings'
  cloth.popover = 'manual'
  cloth.style.cssText = `position: fixed; inset: 0; width: 100%; height: 100%; margin: 0; padding: 0; border: 0;
    background: none; pointer-events: none; overflow: hidden`
  rings.forEach(({ x, y, width, height }, index) => {
    const ring = document.createElement('div')
    const out = 4
    ring.style.cssText = `position: absolute; border: 4px solid #c8102e; border-radius: 14px;
      box-shadow: 0 0 0 2px #fff, inset 0 0 0 2px #fff;
      left: ${Math.max(x - out, 1)}px; top: ${Math.max(y - out, 1)}px;
      width: ${Math.min(width + 2 * out, innerWidth - 2 - Math.max(x - out, 1))}px; height: ${height + 2 * out}px`
    const number = document.createElement('b')
    number.textContent = String(index + 1)
    number.style.cssText = `position: absolute; left: ${Math.min(x + width - 16, innerWidth - 30)}px;
      top: ${Math.max(y - 14, 2)}px; width: 28px; height: 28px; border-radius: 50%; border: 2px solid #fff;
      background: #c8102e; color: #fff; font: 700 16px/24px system-ui, sans-serif; text-align: center`
    cloth.append(ring, number)
  })
  document.body.append(cloth)
  cloth.showPopover()
}
"""


# Nothing stands over its middle nor its lower part, nor cuts it off.
IN_SIGHT = """
(mark) => {
  const { x, y, width, height } = mark.getBoundingClientRect()
  const low = Math.min(0.8 * height, innerHeight / 2)
  return [height / 2, low].every((down) => mark.contains(document.elementFromPoint(x + width / 2, y + down)))
}
"""


def take(page: Page, name: str, *rings: str) -> None:
    """`rings`: where to tap, in the order of the steps beside the picture. All of them must be in sight. The file is
    written when UPDATE_PICTURES=1.
    """
    marks = [page.locator(ring).locator("visible=true").first for ring in rings]
    for mark in marks:
        expect(mark).to_be_visible()
    for mark in reversed(marks):
        _bring_in_sight(page, mark)
    for mark in marks:
        _bring_in_sight(page, mark)
    hidden = [ring for ring, mark in zip(rings, marks, strict=True) if not mark.evaluate(IN_SIGHT)]
    assert hidden == [], f"{name}: not in sight together with the others"
    if os.environ.get("UPDATE_PICTURES") != "1":
        return
    page.evaluate("() => document.fonts.ready")
    page.evaluate(DRAW, [mark.bounding_box() for mark in marks])
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.evaluate("() => document.getElementById('rings').remove()")
    FOLDER.mkdir(parents=True, exist_ok=True)
    palette = shot.quantize(COLORS - 1, kmeans=4, dither=Image.Dither.NONE)
    # Few colours would make the rings brown.
    palette.putpalette((palette.getpalette() or [])[: 3 * (COLORS - 1)] + list(RING))
    shot.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB").save(
        FOLDER / f"{name}.webp", lossless=True, quality=80, method=4
    )


def choose_part(page: Page, name: str) -> None:
    """Of the board, as staff writes it."""
    page.locator(".pairs .picks").first.get_by_text(name, exact=True).click()


def _bring_in_sight(page: Page, mark: Locator, tries: int = 100) -> None:
    # More than once: what comes from the disk meanwhile may push it away. Not what is in sight already: what sticks to
    # an edge would take the page to its end.
    for _ in range(tries):
        if mark.evaluate(IN_SIGHT, timeout=5_000):
            return
        mark.evaluate("(mark) => mark.scrollIntoView({ block: 'center', behavior: 'instant' })")
        page.wait_for_timeout(100)
    raise AssertionError(f"{mark} is not in sight.")
