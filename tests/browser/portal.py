"""What stands between a phone and the server: a plain way, a line that breaks, a hotel's sign-in page."""

from __future__ import annotations

import http.client
import sys
import threading
import time
import urllib.request
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}
PAGE = b"<!doctype html><title>Wi-Fi</title><h1>Welcome to our Wi-Fi</h1><p>Please sign in.</p>"


class Way(Enum):
    OPEN = "open"
    """Everything passes."""
    ANSWER_LOST = "answer lost"
    """A sync reaches the server, which commits and answers; the line breaks before the answer arrives."""
    ANSWER_WAITS = "answer waits"
    """A sync reaches the server, which commits and answers; the answer arrives when another way is taken."""
    CUT = "cut"
    """Nothing passes."""
    PORTAL = "portal"
    """HTML with status 200, whatever was asked."""
    PAGE_ONLY = "page only"
    """The line held just long enough for the page and the files that it names; the portal has the rest of the app."""
    REDIRECT = "redirect"
    """A redirect to the portal's page, whatever was asked."""


class Network(ThreadingHTTPServer):
    """The address that the browser knows; what it does is `way`, at any time another one."""

    daemon_threads = True

    def __init__(self, server_port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.server_port_behind = server_port
        self.way = Way.OPEN
        self.lost = threading.Event()
        """An answer was lost, or waits."""
        self.caught = threading.Event()
        """The portal has answered a request for the API."""
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self, way: Way) -> None:
        self.way = way
        self.lost.clear()
        self.caught.clear()

    def close(self) -> None:
        self.way = Way.CUT
        self.shutdown()
        self.server_close()

    def handle_error(self, *_of: object) -> None:
        """A phone or the server that goes away in the middle is what this is for."""
        if not isinstance(sys.exception(), (OSError, http.client.HTTPException)):
            raise


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Network

    def do_GET(self) -> None:
        self._pass()

    def do_POST(self) -> None:
        self._pass()

    def log_message(self, *_of: object) -> None:
        """Nothing is logged."""

    def _pass(self) -> None:
        way = self.server.way
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if way is Way.CUT:
            self.close_connection = True
            return
        if way in (Way.PORTAL, Way.REDIRECT) or (way is Way.PAGE_ONLY and not self._is_of_page()):
            self._answer_as_portal(way)
            return
        status, headers, answer = self._ask_server(body)
        if self.path == "/api/v1/sync" and way in (Way.ANSWER_LOST, Way.ANSWER_WAITS):
            self.server.lost.set()
            while self.server.way is Way.ANSWER_WAITS:
                time.sleep(0.02)
            if way is Way.ANSWER_LOST or self.server.way is Way.CUT:
                self.close_connection = True
                return
        self._answer(status, headers, answer)

    def _is_of_page(self) -> bool:
        if self.path == "/app/":
            return True
        with urllib.request.urlopen(f"http://127.0.0.1:{self.server.server_port_behind}/app/", timeout=60) as page:
            return self.path.encode() in page.read()

    def _ask_server(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        behind = http.client.HTTPConnection("127.0.0.1", self.server.server_port_behind, timeout=60)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
            behind.request(self.command, self.path, body or None, headers)
            answer = behind.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            behind.close()

    def _answer_as_portal(self, way: Way) -> None:
        is_page = self.path == "/wi-fi"
        if way is Way.REDIRECT and not is_page:
            self._answer(302, [("Location", f"{self.server.url}/wi-fi")], b"")
        else:
            self._answer(200, [("Content-Type", "text/html; charset=utf-8")], PAGE)
        if self.path.startswith("/api/"):
            self.server.caught.set()

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
