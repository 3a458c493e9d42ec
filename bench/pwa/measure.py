"""One launch, one save, one look at the book, on a phone without a network."""

from __future__ import annotations

import time
from pathlib import Path

from bench.pwa.browser import Browser

TILE = ".tiles a.tile:not(.new)"
SAVE = ".entry-save .button.save"
TICK = ".toast:not([hidden], .undone)"
BOOK_TAB = 'nav.tabs a[href="#/book"]'
SALE = ".day a.row"
STATEMENT = 'a[href="#/statement"]'
OWED = ".owed .money"

Times = dict[str, float]


def launched(profile: Path, rate: float, url: str) -> tuple[Browser, Times]:
    """A new browser process, from the beginning of its first navigation to tiles that can be tapped."""
    began = time.monotonic()
    browser = Browser(profile, rate)
    started = time.monotonic()
    browser.ask("Page.navigate", url=f"{url}/app/")
    times: Times = browser.run(f"bench.until('{TILE}')")
    times["cpu_ms"] = cpu_ms(browser)
    times["process_ms"] = (started - began) * 1000
    return browser, times


def cpu_ms(browser: Browser) -> float:
    """What the page's main thread has worked so far, slowed as it is: waiting for other programs is not in it."""
    metrics = browser.ask("Performance.getMetrics")["metrics"]
    return next(float(each["value"]) * 1000 for each in metrics if each["name"] == "TaskDuration")


def rest(rate: float, seconds: float = 0.6) -> None:
    """As long as a slow phone needs to be done with what it was doing."""
    time.sleep(seconds + rate * seconds / 10)


def saves(browser: Browser, rate: float, count: int) -> list[Times]:
    """Three taps each; from the tap on Save to the tick."""
    measured = []
    for number in range(count):
        browser.run(f"document.querySelectorAll('{TILE}')[{number % 6}].click()")
        browser.run(f"bench.until('{SAVE}')")
        rest(rate)
        before_ms = cpu_ms(browser)
        tick = browser.start(f"bench.until('{TICK}', 'tap')")
        browser.tap(SAVE)
        times: Times = browser.result(tick)
        measured.append(times | {"cpu_ms": cpu_ms(browser) - before_ms})
        rest(rate)
    return measured


def book(browser: Browser, rate: float) -> Times:
    """From the tap on its tab to the first sales."""
    rest(rate, 3)  # Its screen is fetched ahead, once the sell screen has had the phone to itself.
    before_ms = cpu_ms(browser)
    drawn = browser.start(f"bench.until('{SALE}', 'tap')")
    browser.tap(BOOK_TAB)
    times: Times = browser.result(drawn)
    return times | {"cpu_ms": cpu_ms(browser) - before_ms}


def statement(browser: Browser, rate: float) -> Times:
    """With the book open: from the tap on what the co-operative owes to the sum of it."""
    rest(rate, 3)
    before_ms = cpu_ms(browser)
    drawn = browser.start(f"bench.until('{OWED}', 'tap')")
    browser.tap(STATEMENT)
    times: Times = browser.result(drawn)
    return times | {"cpu_ms": cpu_ms(browser) - before_ms}


def upload(browser: Browser, url: str) -> list[int]:
    """Bytes of the body of each request with which everything unsent goes up."""
    browser.run("bench.synced.length = 0")
    browser.ask("Page.navigate", url=f"{url}/app/#/send")
    browser.run("bench.until('main .button.main')")
    browser.run("document.querySelector('main .button.main').click()")
    for _ in range(200):
        if not browser.run("document.querySelector('nav.tabs .count')?.textContent ?? ''"):
            break
        time.sleep(0.1)
    sent: list[int] = browser.run("bench.synced")
    return sent
