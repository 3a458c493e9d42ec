"""What is wrong with a screen: what axe finds, what is cut off."""

from __future__ import annotations

from playwright.sync_api import Page

from config import ROOT

AXE = ROOT / "pwa" / "node_modules" / "axe-core" / "axe.min.js"

# What is on its way in is neither readable nor in its place yet. What turns for ever is not waited for.
STILL = """
async () => {
  const moves = ({ playState, effect }) =>
    playState === 'running' && Number.isFinite(effect.getComputedTiming().endTime)
  while (document.getAnimations().some(moves))
    await Promise.all(document.getAnimations().filter(moves).map(({ finished }) => finished.catch(() => undefined)))
}
"""

JUDGE = """
async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
}
"""

# What reaches beyond the screen's right edge, unless it stands in something made to be scrolled or cut.
BEYOND = """
() => {
  const edge = document.documentElement.clientWidth
  const is_free = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== 'visible') return false
    return true
  }
  const beyond = [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > edge + 1 && is_free(element))
    .map((element) => element.outerHTML.slice(0, 120))
  if (document.scrollingElement.scrollWidth > edge) beyond.push(`scrolls to ${document.scrollingElement.scrollWidth}`)
  return beyond
}
"""


def violations(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    page.evaluate(STILL)
    found: list[str] = page.evaluate(JUDGE)
    return found


def beyond(page: Page) -> list[str]:
    page.evaluate(STILL)
    found: list[str] = page.evaluate(BEYOND)
    return found
