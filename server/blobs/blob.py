"""What every store of blobs promises, and how long a blob has been there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

# What nobody names is kept so long: the record that names it may still be on a phone.
UNNAMED_KEPT_S = 90 * 24 * 60 * 60

# Nobody writes while some are swept: so few that a bucket far away keeps nobody waiting for long.
SWEPT_AT_ONCE = 10

_RENEWED = "renewed"


@dataclass(frozen=True)
class Blob:
    name: str
    """`<owner>/<first two letters of the address>/<address>.<what>`; the address is a SHA-256."""
    came_at_s: float

    @property
    def address(self) -> str:
        return self.name.rpartition("/")[2].partition(".")[0]


class BlobStore(Protocol):
    """What is there under a name is whole. Every method raises UnavailableError when the store is out of reach or full;
    what was there before then still is."""

    def read(self, name: str) -> bytes | None: ...

    def has(self, name: str) -> bool: ...

    def write(self, name: str, content: bytes) -> None:
        """Kept for good when it returns, and there is nothing of it when it raises."""

    def remove(self, name: str) -> None:
        """Also when there is nothing."""

    def owners(self) -> list[str]: ...

    def blobs(self, owner: str) -> Iterator[Blob]: ...

    def clear_unfinished(self) -> int:
        """Clear away what a server that died was writing; how many."""
        ...


def renew(store: BlobStore) -> None:
    """Count every blob as one that came just now."""
    store.write(_RENEWED, str(int(time.time())).encode())


def grown_old(store: BlobStore, owner: str) -> set[str]:
    """Addresses of which nothing came for so long that an unnamed one may go."""
    limit_s = time.time() - UNNAMED_KEPT_S
    if int(store.read(_RENEWED) or 0) > limit_s:
        return set()
    old: set[str] = set()
    young: set[str] = set()
    for blob in store.blobs(owner):
        (young if blob.came_at_s > limit_s else old).add(blob.address)
    return old - young
