"""One server for the session, and phones that people keep: each test starts their app anew.

The server keeps its data in SQLite, or in PostgreSQL with PROTOCOL_DATABASE=postgresql. A few modules always
run on both.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .client import Api, Phone
from .databases import Databases
from .server_process import Server

ADMIN = "0900000001"
MANAGER, OTHER_MANAGER = "0900000002", "0900000003"
MEMBER, NEIGHBOUR = "0900000011", "0900000012"
OTHER_MEMBER = "0900000021"

Phones = Callable[..., Phone]

DATABASE = os.environ.get("PROTOCOL_DATABASE", "sqlite")
ON_BOTH = {"test_backup", "test_concurrency", "test_crash", "test_lists", "test_whole_product"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "databases" in metafunc.fixturenames:
        both = metafunc.module.__name__.rpartition(".")[2] in ON_BOTH
        kinds = dict.fromkeys((DATABASE, "sqlite", "postgresql") if both else (DATABASE,))
        metafunc.parametrize("databases", list(kinds), indirect=True, scope="session")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Iterator[Databases | None]:
    """The PostgreSQL that servers keep their data in; None for SQLite in their data directories."""
    if request.param == "sqlite":
        yield None
        return
    made = Databases(request.getfixturevalue("postgresql_server"))
    yield made
    made.drop_all()


@pytest.fixture(scope="session")
def template(databases: Databases | None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared data directory; servers that tests kill begin with a copy of it."""
    return Server(tmp_path_factory.mktemp("template") / "data", databases).prepare().data_dir


@pytest.fixture(scope="session")
def server(databases: Databases | None, template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server") / "data", databases)
    running.put_back(template)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def own_server(databases: Databases | None, template: Path, tmp_path: Path) -> Iterator[Server]:
    """A server that the test may kill and whose disk it may put back."""
    running = Server(tmp_path / "data", databases)
    running.put_back(template)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def kept_phones(server: Server) -> dict[tuple[str, int], Phone]:
    return {}


@pytest.fixture
def phones(server: Server, kept_phones: dict[tuple[str, int], Phone]) -> Phones:
    """`phones(login, nth)`: that account's nth phone, its app just started (a new session) and synced."""

    def phone(login: str, nth: int = 0) -> Phone:
        if (login, nth) not in kept_phones:
            kept_phones[login, nth] = Phone(server.url).login(login)
        return kept_phones[login, nth].restart().sync()

    return phone


@pytest.fixture
def member(phones: Phones) -> Phone:
    return phones(MEMBER)


@pytest.fixture
def member_again(phones: Phones) -> Phone:
    """The same member's second phone: another replica of the same account."""
    return phones(MEMBER, 1)


@pytest.fixture
def neighbour(phones: Phones) -> Phone:
    """Another member of the same co-operative."""
    return phones(NEIGHBOUR)


@pytest.fixture
def manager(phones: Phones) -> Phone:
    return phones(MANAGER)


@pytest.fixture
def other_manager(phones: Phones) -> Phone:
    """The manager of the other co-operative."""
    return phones(OTHER_MANAGER)


@pytest.fixture
def other_member(phones: Phones) -> Phone:
    return phones(OTHER_MEMBER)


@pytest.fixture(scope="session")
def admin(server: Server) -> Api:
    return Api(server.url).login(ADMIN)
