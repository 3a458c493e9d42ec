"""PostgreSQL databases that are copied and put back as data directories are, one for each directory."""

from hashlib import sha256
from pathlib import Path

from sqlalchemy import create_engine, make_url, text


class Databases:
    """The databases of the tests in the PostgreSQL at `address`; a directory's path gives its database's name."""

    def __init__(self, address: str) -> None:
        self.address = make_url(address).set(drivername="postgresql")
        driver = self.address.set(drivername="postgresql+psycopg")
        self.engine = create_engine(driver, isolation_level="AUTOCOMMIT")
        self.made: set[str] = set()

    def url(self, folder: Path) -> str:
        """What DATABASE_URL says, in the form that hosts give."""
        return self.address.set(database=self.name(folder)).render_as_string(hide_password=False)

    def make(self, folder: Path) -> None:
        self._run(f"CREATE DATABASE {self.name(folder)}")
        self.made.add(self.name(folder))

    def copy(self, source: Path, target: Path) -> None:
        """Make `target` what `source` is at this moment. A running server's connections break, as in a restart."""
        self.drop(target)
        name = self.name(source)
        self._run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        # S608: the name is made here, never by a user.
        self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
        self._run(f"CREATE DATABASE {self.name(target)} TEMPLATE {name}")
        self.made.add(self.name(target))
        self._run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    def drop(self, folder: Path) -> None:
        self._drop(self.name(folder))

    def drop_all(self) -> None:
        for name in sorted(self.made):
            self._drop(name)
        self.engine.dispose()

    @staticmethod
    def name(folder: Path) -> str:
        return f"protocol_{sha256(str(folder).encode()).hexdigest()[:16]}"

    def _drop(self, name: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.made.discard(name)

    def _run(self, statement: str) -> None:
        with self.engine.connect() as connection:
            connection.execute(text(statement))
