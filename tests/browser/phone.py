"""A phone: a Chromium with a profile that outlives the browser, and what a person does with the app on it."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error, Locator, Page, Playwright, expect

from tests.browser.server import PASSWORD
from tests.guide import MEMBER, pictures_of

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
SCREEN = {"width": 360, "height": 740}
# Whether the guide's code and these of its pictures, no others, and the voice are in the browser's caches.
HELP_KEPT = """
async (pictures) => {
  const found = (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))).flat()
  const count = (pattern) => found.filter(({ url }) => pattern.test(url)).length
  const code = ['help-[^/]+[.]js', 'help-[^/]+[.]css', 'speaking-[^/]+', 'sentences-[^/]+', 'voice-[^/]+']
  const shown = new Set(found.map(({ url }) => /([^/]+)-[A-Za-z0-9_-]{8}[.]webp$/.exec(url)?.[1]).filter(Boolean))
  return [...shown].sort().join() === pictures.join() && code.every((name) => count(RegExp(`/${name}$`)) > 0)
}
"""

expect.set_options(timeout=20_000)


def chromium() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "No Chromium: `make chromium` finds or installs one."
    return found


class Phone:
    """One profile. `launch` and `kill` as often as needed; what was stored stays."""

    def __init__(
        self,
        playwright: Playwright,
        profile: Path,
        url: str,
        default_font_px: int = 16,
        camera: bool | Path = False,
        **options: Any,
    ) -> None:
        """`default_font_px`: the size of text that its owner has set. `camera`: it has one, which may be
        used; what it sees, if that is a film (Y4M). `options`: of the browser's context.
        """
        self._playwright = playwright
        self.profile = profile
        self._flags = [*FLAGS, f"--blink-settings=defaultFontSize={default_font_px}", *(CAMERA if camera else ())]
        if isinstance(camera, Path):
            self._flags.append(f"--use-file-for-fake-video-capture={camera}")
        self._options = {"viewport": SCREEN, "has_touch": True, "is_mobile": True} | options
        self._context: BrowserContext | None = None
        self._groups: set[int] = set()
        self._devtools: CDPSession | None = None
        self.url = url
        self.broken: list[str] = []
        """What must never be: an uncaught error, something that the content security policy refused."""
        self.failed: list[str] = []
        """Requests without an answer and errors in the console: none while the server is there."""

    def launch(self, at: str = "", clock: datetime | None = None, is_full: bool = False) -> Page:
        """Starts the browser on the same profile and opens the app. `at`: the part of its address after `#/`.
        `clock`: what the phone's clock says, if not the time of day; it runs on from there. `is_full`: the browser
        grants the app not a byte more, until `make_room`; it has to know before it has granted any.
        """
        self._context = self._playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=chromium(),
            args=self._flags,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            accept_downloads=True,
            **self._options,
        )
        self._context.on("page", self._listen)
        self._context.on("requestfailed", lambda request: self.failed.append(f"{request.method} {request.url}"))
        self._listen(self.page)
        if clock:
            self._context.clock.install(time=clock)
        if is_full:
            self.devtools("Storage.overrideQuotaForOrigin", origin=self.url, quotaSize=1)
        self.open(at)
        self._groups = {group for group in map(_group, self.processes()) if group not in (None, os.getpgrp())}
        return self.page

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.on("console", lambda message: self._note(message.type, message.text))

    def _note(self, kind: str, text: str) -> None:
        if "Content Security Policy" in text:
            self.broken.append(text)
        elif kind in ("error", "warning"):
            self.failed.append(text)

    @property
    def context(self) -> BrowserContext:
        assert self._context, "launch first"
        return self._context

    @property
    def is_running(self) -> bool:
        return self._context is not None

    @property
    def page(self) -> Page:
        """The first tab."""
        return self.context.pages[0]

    def open(self, at: str = "") -> None:
        self.page.goto(f"{self.url}/app/{f'#/{at}' if at else ''}")

    def another_tab(self) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.url}/app/")
        return page

    def kill(self) -> None:
        """SIGKILL to every process of the browser at once: a battery taken out. Nothing is asked of it before."""
        assert self._groups, "The browser does not run."
        for group in self._groups:
            os.killpg(group, signal.SIGKILL)
        closed, self._context = self._context, None
        self._groups, self._devtools = set(), None
        if closed and closed.pages:
            closed.wait_for_event("close")

    def processes(self) -> list[int]:
        """All processes of the browser."""
        wanted = f"--user-data-dir={self.profile}".encode()
        found = {int(process.name) for process in Path("/proc").glob("[0-9]*") if wanted in _arguments(process)}
        groups = {_group(process) for process in found} - {None}
        every = (int(process.name) for process in Path("/proc").glob("[0-9]*"))
        return [process for process in every if _group(process) in groups]

    def devtools(self, method: str, **parameters: Any) -> Any:
        """What no person can do, in the name of the first tab. Some of it holds only as long as this session does."""
        if self._devtools is None:
            self._devtools = self.context.new_cdp_session(self.page)
            self._devtools.send("ServiceWorker.enable")
        return self._devtools.send(method, parameters)

    def stop_worker(self) -> None:
        """The browser ends the service worker, as it does when memory is short."""
        self.devtools("ServiceWorker.stopAllWorkers")

    def make_room(self) -> None:
        """After a launch on a full phone: as much as anybody wants."""
        self.devtools("Storage.overrideQuotaForOrigin", origin=self.url)

    def crash(self) -> None:
        """The first tab's process ends, as when the phone needs its memory for something else."""
        page = self.page
        with page.expect_event("crash"), suppress(Error):
            page.goto("chrome://crash")

    def close(self) -> None:
        closed, self._context = self._context, None
        self._groups, self._devtools = set(), None
        if closed:
            closed.close()

    # What a person does.

    def ready_for(self, login: str) -> Page:
        """Launches, signs in and waits on the send page until the app is whole: from here on no network is needed."""
        self.launch()
        self.sign_in(login)
        self.wait_until_offline_works()
        return self.page

    def sign_in(self, login: str) -> None:
        """From the sign-in screen to the first screen of the account."""
        page = self.page
        page.get_by_label("Số điện thoại hoặc mã thành viên").fill(login)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("button", name="Tài khoản:")).to_be_visible()

    def wait_until_offline_works(self) -> None:
        """Until the app itself says so, on the page where it does."""
        self.tab("Gửi")
        expect(self.page.get_by_text("Dùng được khi không có mạng", exact=True)).to_be_visible()

    def wait_until_help_is_kept(self, pages: Iterable[Path] = MEMBER, seconds: int = 60) -> None:
        """Until these of the guide's pages and the voice are kept too, which come last: after all that was recorded."""
        pictures = sorted(Path(picture).stem for picture in pictures_of(pages))
        for _ in range(10 * seconds):
            # wait_for_function takes the promise of an async function for its answer.
            if self.page.evaluate(HELP_KEPT, pictures):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"The guide is not kept after {seconds} s.")

    def tab(self, name: str, page: Page | None = None) -> None:
        tab = (page or self.page).get_by_role("navigation", name="Các trang").get_by_role("link", name=name)
        tab.click()
        expect(tab).to_have_attribute("aria-current", "page")

    def tile(self, product_name: str, page: Page | None = None) -> Locator:
        return (page or self.page).locator("a.tile").filter(has_text=product_name).first

    def sell(self, product_name: str, quantity: str = "2", page: Page | None = None) -> str:
        """Three taps, from the sell screen to the tick. Returns the amount of money that the tick tells."""
        page = page or self.page
        page.bring_to_front()
        self.tile(product_name, page).tap()
        page.locator(".quick").get_by_role("button", name=quantity, exact=True).tap()
        self.save_button(page).tap()
        saved = page.get_by_text(re.compile("^Đã lưu"))
        expect(saved).to_be_visible()
        told = saved.inner_text().removeprefix("Đã lưu ").replace("\N{NO-BREAK SPACE}", " ")
        expect(page.locator(".tiles")).to_be_visible()  # The way back comes after the tick.
        return told

    def type_sale(self, product_name: str, quantity: int, page: Page | None = None) -> None:
        """From the sell screen to a sale that waits to be saved; its amount is typed."""
        page = page or self.page
        self.tile(product_name, page).tap()
        for digit in str(quantity):
            page.locator(".keypad").get_by_role("button", name=digit, exact=True).tap()

    def save_button(self, page: Page | None = None) -> Locator:
        return (page or self.page).get_by_role("button", name="Lưu", exact=True)

    def hide(self) -> None:
        """Another app comes in front, or the screen goes dark."""
        self.page.evaluate(
            """() => {
              Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
              document.dispatchEvent(new Event('visibilitychange'))
            }"""
        )

    def send(self, page: Page | None = None) -> None:
        """A tap on the large button of the send page; returns when this attempt has ended."""
        self.tab("Gửi", page)
        button = (page or self.page).get_by_role("button", name=re.compile("^Gửi ngay|^Gửi và kiểm tra"))
        button.tap()
        expect(button).to_be_enabled()

    def expect_checked(self) -> None:
        """The send page says that everything agrees with the co-operative, and nothing is only here."""
        self.tab("Gửi")
        expect(self.page.get_by_text(re.compile("phiếu đã đối chiếu, khớp"))).to_be_visible()
        self.expect_unsent(0)

    def expect_unsent(self, count: int) -> None:
        tab = self.page.get_by_role("navigation", name="Các trang").get_by_role("link", name="Gửi")
        expect(tab).to_have_text(f"Gửi{count} chỉ có trên máy này" if count else "Gửi")

    def counted_in_book(self) -> list[int]:
        """The amounts of the sales of today in the book, which opens: of goods that are counted by the piece."""
        self.tab("Sổ")
        rows = self.page.locator(".day").first.locator("a.row:visible")
        expect(rows.first).to_be_visible()
        amounts = (re.match(r"([\d.]+) con\b", text) for text in rows.locator("small:first-of-type").all_inner_texts())
        return [int(amount[1].replace(".", "")) for amount in amounts if amount]

    def book_rows(self, text: str, page: Page | None = None) -> Locator:
        """Rows of the book with this text, the book open."""
        return (page or self.page).locator(".day a.row:visible").filter(has_text=text)


def _arguments(process: Path) -> list[bytes]:
    try:
        return (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return []  # It ended meanwhile.


def _group(process: int) -> int | None:
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return None
