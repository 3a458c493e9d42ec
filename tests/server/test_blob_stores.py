"""One suite that every store of blobs passes: a folder, and a bucket of a server of its own."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

from server.blobs import blob
from server.blobs.blob import BlobStore, grown_old, renew
from server.blobs.bucket import Bucket, BucketStore
from server.blobs.folder import FolderStore
from server.copies import bring_back, compare, copy_missing

OWNER, NEIGHBOUR = "0193", "0193-2"  # one begins like the other


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    if request.param == "folder":
        return FolderStore(tmp_path / "photos")
    return BucketStore(Bucket(request.getfixturevalue("bucket")), "photos")


def name_of(content: bytes, owner: str = OWNER, what: str = "full.webp") -> str:
    address = hashlib.sha256(content).hexdigest()
    return f"{owner}/{address[:2]}/{address}.{what}"


def keep(store: BlobStore, *contents: bytes, owner: str = OWNER) -> list[str]:
    for content in contents:
        store.write(name_of(content, owner), content)
    return [name_of(content, owner) for content in contents]


def names(store: BlobStore, owner: str = OWNER) -> set[str]:
    return {found.name for found in store.blobs(owner)}


def test_what_was_written_is_read_byte_by_byte_and_nothing_else_is_there(store: BlobStore) -> None:
    content = bytes(range(256)) * 400
    assert store.read(name_of(content)) is None
    assert not store.has(name_of(content))
    [name] = keep(store, content)
    assert store.read(name) == content
    assert store.has(name)
    keep(store, content)
    assert names(store) == {name}


def test_empty_content_is_there(store: BlobStore) -> None:
    [name] = keep(store, b"")
    assert (store.has(name), store.read(name)) == (True, b"")


def test_each_owner_has_its_own_and_is_found_by_it(store: BlobStore) -> None:
    assert store.owners() == []
    [own], [other] = keep(store, b"one"), keep(store, b"one", owner=NEIGHBOUR)
    assert set(store.owners()) == {OWNER, NEIGHBOUR}
    assert (names(store), names(store, NEIGHBOUR)) == ({own}, {other})
    store.remove(other)
    assert store.has(own)
    assert not store.has(other)


def test_what_is_removed_is_gone_and_may_be_removed_again(store: BlobStore) -> None:
    [name] = keep(store, b"one")
    for _ in range(2):
        store.remove(name)
        assert store.read(name) is None
    assert names(store) == set()


def test_all_of_many_are_listed_with_the_day_on_which_they_came(store: BlobStore) -> None:
    kept = keep(store, *(b"%d" % number for number in range(12)))
    assert names(store) == set(kept)
    assert all(abs(found.came_at_s - time.time()) < 86_400 for found in store.blobs(OWNER))
    assert {found.address for found in store.blobs(OWNER)} == {name.split("/")[2].partition(".")[0] for name in kept}


def test_what_is_renewed_is_as_if_it_came_now(store: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, b"one")
    assert grown_old(store, OWNER) == set()
    monkeypatch.setattr(blob, "UNNAMED_KEPT_S", -3_600)
    assert grown_old(store, OWNER) == {hashlib.sha256(b"one").hexdigest()}
    now_s = time.time()
    with monkeypatch.context() as later:
        later.setattr(time, "time", lambda: now_s + 7_200)
        renew(store)
    assert grown_old(store, OWNER) == set()
    assert store.owners() == [OWNER]


def test_copies_are_made_once_with_checksums_and_come_back(store: BlobStore, tmp_path: Path) -> None:
    copies = FolderStore(tmp_path / "copies")
    kept = keep(store, b"one", b"two")
    store.write(name_of(b"one", what="safe"), b"")
    assert copy_missing(store, copies, ".webp") == 2
    assert copy_missing(store, copies, ".webp") == 0
    assert names(copies) == set(kept)
    store.remove(kept[0])
    assert bring_back(copies, store, ".webp").files == 1
    assert store.read(kept[0]) == b"one"
    assert compare(store, copies, ".webp").damaged == []
    store.write(kept[1], b"tw!")
    assert compare(store, copies, ".webp").damaged == [kept[1]]
