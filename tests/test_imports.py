"""Who may import whom: the walls of the house, over the real import graph of both languages."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import ROOT

PWA = ROOT / "pwa" / "src"
OURS = {"sync", "server", "config", "wsgi", "tests"}


def modules(folder: str) -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        if "migrations" not in path.parts:
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield dotted.removesuffix(".__init__"), path


def imports(path: Path) -> set[str]:
    """Full names of what a module imports; `from a import b` gives both `a` and `a.b`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where things are"
            found |= {node.module or ""} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def test_sync_is_pure() -> None:
    unclean = {"asyncio", "os", "random", "secrets", "socket", "sqlite3", "subprocess", "threading", "time", "urllib"}
    for name, path in modules("sync"):
        roots = {target.split(".")[0] for target in imports(path)}
        assert roots <= sys.stdlib_module_names | {"sync"}, name
        assert not roots & unclean, name


def test_the_server_never_imports_its_own_front_door() -> None:
    for name, path in modules("server"):
        assert not {"wsgi", "tests"} & {target.split(".")[0] for target in imports(path)}, name


def test_only_the_app_knows_the_blueprints() -> None:
    for name, path in modules("server"):
        if name != "server.app":
            known = {
                target for target in imports(path) if re.fullmatch(r"server\.api\.\w+\.blp|server\.app(\..*)?", target)
            }
            assert not known, (name, known)


def test_nothing_below_the_api_imports_it() -> None:
    for name, path in modules("server"):
        if not name.startswith("server.api") and name != "server.app":
            assert not {target for target in imports(path) if target.startswith("server.api")}, name


def test_only_the_store_writes_synced_tables() -> None:
    """Nobody else builds an INSERT, UPDATE or DELETE on a table of `server.tables` or `server.entities`."""
    written = re.compile(r"(?<![\w.])(insert|update|delete)\(\s*([A-Za-z_.]+)|(\w+)\.(insert|update|delete)\(\)")
    reference = {"RefreshFamily", "Enrolment", "Replica", "Account", "Coop", "Setting", "EthnicGroup", "VoiceClip"}
    for name, path in modules("server"):
        if name.startswith("server.store") or name == "server.table_copy":  # it carries whole databases unchanged
            continue
        targets = {first or second for _, first, second, _ in written.findall(path.read_text())}
        assert targets <= reference, (name, targets - reference)


def typescript() -> list[Path]:
    return sorted(path for path in PWA.rglob("*.ts*") if not path.name.endswith(".d.ts"))


def targets(path: Path) -> set[str]:
    """Folders of `pwa/src` (or `npm:name`) that a file imports, types included."""
    source = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text(), flags=re.DOTALL | re.MULTILINE)
    found: set[str] = set()
    for target in re.findall(r"""(?:from|import)\s*\(?\s*['"]([^'"]+)['"]""", source):
        if target.startswith("."):
            found.add((path.parent / target).resolve().relative_to(PWA.resolve()).parts[0])
        else:
            found.add(f"npm:{target.split('/')[0]}")
    return found


# What each folder of the web app may import of the others.
MAY_IMPORT = {
    "calendar": {"calendar"},
    "db": {"db", "generated", "sync"},
    "generated": {"generated"},
    "messages": {"messages", "state", "ui"},
    "photos": {"photos", "db", "sync"},
    "screens": {"screens", "calendar", "state", "ui", "messages", "styles"},
    "state": {"state", "db", "photos", "sync", "generated", "voice"},
    "sw": {"sw"},
    "sync": {"sync", "db", "generated"},
    "ui": {"ui", "messages", "styles"},
    "voice": {"voice", "db"},
}


@pytest.mark.parametrize("folder", sorted(MAY_IMPORT))
def test_folders_of_the_web_app_keep_to_their_neighbours(folder: str) -> None:
    for path in typescript():
        if path.relative_to(PWA).parts[0] == folder:
            others = {target for target in targets(path) if not target.startswith("npm:")}
            assert others <= MAY_IMPORT[folder], (str(path.relative_to(PWA)), others - MAY_IMPORT[folder])


def test_every_folder_of_the_web_app_has_a_rule() -> None:
    folders = {path.relative_to(PWA).parts[0] for path in typescript() if path.parent != PWA}
    assert folders <= MAY_IMPORT.keys()
