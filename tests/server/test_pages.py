"""The landing page, the web app's files, and the headers that everything carries."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from config import ROOT, Settings
from server.pages.messages import MESSAGES
from tests.conftest import SignIn, bearer

NAVIGATION = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Mode": "navigate"}


@pytest.fixture
def built(settings: Settings) -> Settings:
    """A built web app, as Vite leaves it."""
    assets = settings.app_dir / "assets"
    assets.mkdir(parents=True)
    (settings.app_dir / "index.html").write_text("<!doctype html><title>app</title>")
    (settings.app_dir / "sw.js").write_text("// worker")
    (settings.app_dir / "manifest.webmanifest").write_text("{}")
    script = b"console.info('chop')"
    (assets / "main-abc123.js").write_bytes(script)
    (assets / "main-abc123.js.gz").write_bytes(gzip.compress(script))
    (assets / "main-abc123.js.br").write_bytes(b"as brotli")
    return settings


def test_landing_page_speaks_vietnamese_first_and_opens_the_app(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert '<html lang="vi">' in page.text
    assert escape(MESSAGES["vi"]["tagline"]) in page.text
    assert 'href="/app/"' in page.text
    assert 'href="/?lang=en"' in page.text
    assert MESSAGES["vi"]["demo"] not in page.text


def test_landing_page_speaks_english_when_asked(client: FlaskClient) -> None:
    page = client.get("/?lang=en")
    assert '<html lang="en">' in page.text
    assert escape(MESSAGES["en"]["tagline"]) in page.text
    assert client.get("/?lang=<script>").text == client.get("/").text


def test_every_message_is_there_in_every_language() -> None:
    assert {frozenset(said) for said in MESSAGES.values()} == {frozenset(MESSAGES["vi"])}
    assert all(text.strip() for said in MESSAGES.values() for text in said.values())


def test_templates_hold_no_visible_text_and_nothing_inline() -> None:
    for template in (ROOT / "server" / "pages" / "templates").iterdir():
        source = re.sub(r"{%.*?%}|{{.*?}}", "", template.read_text(), flags=re.DOTALL)
        assert not re.search(r"<style|<script(?![^>]*src)|\sstyle=|\son\w+=", source), template.name
        words = re.sub(r"<[^>]*>", " ", source)
        assert not re.search(r"\w", words), (template.name, words.split())


def test_stylesheet_of_the_pages_is_served(client: FlaskClient) -> None:
    page = client.get("/").text
    for address in re.findall(r'href="(/static/[^"]+)"', page):
        assert client.get(address).status_code == 200


def test_app_that_is_not_built_says_so_kindly(client: FlaskClient) -> None:
    page = client.get("/app/")
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert MESSAGES["vi"]["not_built"] in page.text


def test_app_s_address_is_the_folder(client: FlaskClient) -> None:
    assert client.get("/app").headers["Location"] == "/app/"


@pytest.mark.parametrize("name", ["", "index.html", "sw.js", "manifest.webmanifest"])
def test_entrances_are_asked_for_again_each_time(client: FlaskClient, built: Settings, name: str) -> None:
    answer = client.get(f"/app/{name}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_files_with_a_hash_in_their_name_are_kept_for_ever(client: FlaskClient, built: Settings) -> None:
    answer = client.get("/app/assets/main-abc123.js")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type.startswith("text/javascript")


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None), ("br;q=0", None)])
def test_the_smallest_file_that_the_browser_takes_is_sent(
    client: FlaskClient, built: Settings, accepted: str, encoding: str | None
) -> None:
    answer = client.get("/app/assets/main-abc123.js", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.content_type.startswith("text/javascript")
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_file_that_is_known_already_is_not_sent_again(client: FlaskClient, built: Settings) -> None:
    first = client.get("/app/sw.js")
    assert client.get("/app/sw.js", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_addresses_inside_the_app_open_it_but_missing_files_are_missing(client: FlaskClient, built: Settings) -> None:
    assert "<title>app</title>" in client.get("/app/book", headers=NAVIGATION).text
    assert client.get("/app/assets/gone.js").status_code == 404
    assert client.get("/app/assets/gone.js", headers={"Accept": "*/*", "Sec-Fetch-Mode": "cors"}).status_code == 404


@pytest.mark.parametrize("path", ["../chophien.db", "%2e%2e/chophien.db", "..%2fchophien.db", "/etc/passwd", "a\x00b"])
def test_nothing_outside_the_app_is_served(client: FlaskClient, built: Settings, path: str) -> None:
    assert client.get(f"/app/{path}").status_code in (308, 404)


@pytest.mark.parametrize("address", ["/", "/app/", "/nothing", "/api/v1/health", "/api/v1/nothing"])
def test_everything_is_protected_by_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Strict-Transport-Security" not in headers
    assert "Strict-Transport-Security" in client.get(address, base_url="https://chophien.example").headers


def test_answers_of_the_api_are_never_kept_by_a_cache(client: FlaskClient) -> None:
    assert client.get("/api/v1/health").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("encoding", ["zstd", "br", "gzip"])
def test_answers_are_compressed_as_the_client_accepts(client: FlaskClient, sign_in: SignIn, encoding: str) -> None:
    token = bearer(sign_in("member")["access_token"])
    answer = client.get("/api/v1/openapi.json", headers=token | {"Accept-Encoding": encoding})
    assert answer.headers["Content-Encoding"] == encoding


def test_health_says_what_runs(client: FlaskClient) -> None:
    health = client.get("/api/v1/health").json
    assert (health["status"], health["demo"]) == ("ok", False)
    assert health["version"]


def test_openapi_document_describes_every_address_of_the_api(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json
    assert document["openapi"].startswith("3.1")
    described = {re.sub(r"{\w+}", "{}", path) for path in document["paths"]}
    rules = client.application.url_map.iter_rules()
    served = {re.sub(r"<[^>]*>", "{}", rule.rule) for rule in rules if rule.rule.startswith("/api/v1")}
    assert described == served - {"/api/v1/openapi.json"}
