"""A Chromium under the DevTools protocol, spoken over its pipe and with as little of it as measuring needs.

Not Playwright: it listens to the network and holds up each service worker when it starts, which would be measured too.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any, Self

from tests.browser.phone import FLAGS, SCREEN, chromium

# A tap of a finger lasts 50 to 150 ms.
FINGER_DOWN = 0.08

WATCH = (Path(__file__).parent / "watch.js").read_text()


class Browser:
    """One process on a profile, with one page. `rate` slows the page's main thread from its first navigation on."""

    def __init__(self, profile: Path, rate: float) -> None:
        down, self._out = os.pipe()
        self._in, up = os.pipe()
        self._asked = 0
        self._rest = b""
        self._answers: dict[int, Any] = {}
        self.events: list[dict[str, Any]] = []
        size = f"--window-size={SCREEN['width']},{SCREEN['height']}"
        self._process = subprocess.Popen(  # noqa: S603 - our own Chromium, our own arguments
            [
                *("sh", "-c", f'exec "$@" 3<&{down} 4>&{up}', "sh"),
                *(chromium(), *FLAGS, "--headless", size, "--remote-debugging-pipe", "--lang=vi-VN"),
                *(f"--user-data-dir={profile}", "about:blank"),
            ],
            pass_fds=(down, up),
            stderr=subprocess.DEVNULL,
            env=os.environ | {"TZ": "Asia/Ho_Chi_Minh"},
        )
        os.close(down)
        os.close(up)
        self._session: str | None = None
        page = next(each for each in self._targets() if each["type"] == "page")
        attached = self.ask("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = attached["sessionId"]
        self.ask("Page.enable")
        self.ask("Performance.enable", timeDomain="threadTicks")
        self.ask("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        metrics = SCREEN | {"deviceScaleFactor": 2, "mobile": True}
        self.ask("Emulation.setDeviceMetricsOverride", **metrics)
        self.ask("Emulation.setTouchEmulationEnabled", enabled=True)
        self.ask("Emulation.setCPUThrottlingRate", rate=rate)

    def _targets(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while not any(each["type"] == "page" for each in found):
            found = self.ask("Target.getTargets")["targetInfos"]
        return found

    def ask(self, method: str, **params: Any) -> Any:
        return self.answer(self.send(method, **params))

    def send(self, method: str, **params: Any) -> int:
        """Asks without waiting; `answer` waits."""
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        return self._asked

    def answer(self, asked: int) -> Any:
        while asked not in self._answers:
            *messages, self._rest = (self._rest + self._read()).split(b"\0")
            for message in map(json.loads, messages):
                if "id" in message:
                    self._answers[message["id"]] = message
                else:
                    self.events.append(message)
        message = self._answers.pop(asked)
        if "error" in message:
            raise RuntimeError(message["error"]["message"])
        return message["result"]

    def _read(self) -> bytes:
        read = os.read(self._in, 1 << 20)
        if not read:
            raise RuntimeError("the browser has ended")
        return read

    def start(self, expression: str) -> int:
        """Evaluates in the page; `result` waits for what it resolves to."""
        return self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)

    def result(self, asked: int) -> Any:
        answer = self.answer(asked)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description"))
        return answer["result"].get("value")

    def run(self, expression: str) -> Any:
        return self.result(self.start(expression))

    def tap(self, selector: str) -> None:
        """A finger, not `click()`: with everything that the browser does about it."""
        middle = self.run(f"bench.middle({json.dumps(selector)})")
        self.ask("Input.dispatchTouchEvent", type="touchStart", touchPoints=[middle])
        time.sleep(FINGER_DOWN)
        self.ask("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session = None
        self.ask("Browser.close")
        self._process.wait()
        os.close(self._in)
        os.close(self._out)
