"""Real gunicorn, real Chromium, real service worker. Every test has its own data and its own phones."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, sync_playwright

from config import ROOT
from tests.browser.phone import Phone
from tests.browser.portal import Network
from tests.browser.server import Server, make_demo

NewPhone = Callable[..., Phone]

# What may not be lost even once gets no second try.
ONE_TRY = {
    "test_bad_network",
    "test_disk_writes",
    "test_file",
    "test_full_storage",
    "test_killed_browser",
    "test_main_job",
    "test_restored_server",
    "test_storm",
    "test_two_tabs",
    "test_update",
    "test_worker_stopped",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test of what screens show may be tried twice where the machine is slow; the summary names it then (RERUN)."""
    for item in items:
        if item.get_closest_marker("browser") and item.path.stem not in ONE_TRY:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    # Of this package only: while it stands, nobody else in this thread can run an event loop.
    assert (ROOT / "pwa" / "dist" / "index.html").exists(), "Build the app first: make pwa"
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo"), sales=60)


@pytest.fixture
def server(demo: Path, tmp_path: Path) -> Iterator[Server]:
    server = Server(demo, tmp_path / "data")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def network(server: Server) -> Iterator[Network]:
    network = Network(server.port)
    yield network
    network.close()


@pytest.fixture
def new_phone(playwright: Playwright, server: Server, tmp_path: Path) -> Iterator[NewPhone]:
    """`new_phone()`: a phone that has never seen the app, its browser not started. `url`: another way to the server."""
    phones: list[Phone] = []
    numbers = itertools.count(1)

    def make(url: str = server.url, **options: Any) -> Phone:
        phones.append(Phone(playwright, tmp_path / f"phone-{next(numbers)}", url, **options))
        return phones[-1]

    yield make
    for phone in phones:
        phone.close()
    for phone in phones:
        assert phone.broken == []
