"""Finished photos: content-addressed blobs of each co-operative, in a folder or a bucket."""

from __future__ import annotations

from server.blobs.blob import BlobStore
from server.blobs.stores import PHOTOS, store_of

SIZES = ("full", "thumbnail")


class PhotoFiles:
    """`<co-operative>/<first two letters>/<sha256>.<size>.webp`, and `<sha256>.safe` once a backup has both sizes.

    No clock is asked for what is safe: it may have been wrong when the photo came.
    """

    def __init__(self, store: BlobStore) -> None:
        self.store = store

    @classmethod
    def configured(cls) -> PhotoFiles:
        return cls(store_of(PHOTOS))

    def read(self, coop_id: str, sha256: str, size: str) -> bytes | None:
        return self.store.read(photo_name(coop_id, sha256, size))

    def has(self, coop_id: str, sha256: str) -> bool:
        return self.store.has(photo_name(coop_id, sha256, "full"))

    def write(self, coop_id: str, sha256: str, encoded: dict[str, bytes]) -> None:
        """Kept when it returns; the full size last, since its being there says that all is."""
        for size in sorted(SIZES, reverse=True):
            self.store.write(photo_name(coop_id, sha256, size), encoded[size])

    def remove(self, coop_id: str, sha256: str) -> None:
        self.store.remove(_safe_name(coop_id, sha256))
        for size in SIZES:
            self.store.remove(photo_name(coop_id, sha256, size))

    def is_safe(self, coop_id: str, sha256: str) -> bool:
        """Whether a backup has it."""
        return self.store.has(_safe_name(coop_id, sha256))

    def mark_safe(self, copies: BlobStore) -> None:
        """Phones may forget the photos that are among these copies."""
        for coop_id in self.store.owners():
            kept = list(self.store.blobs(coop_id))
            names = {blob.name for blob in kept}
            for sha256 in {blob.address for blob in kept}:
                sizes = [photo_name(coop_id, sha256, size) for size in SIZES]
                safe = _safe_name(coop_id, sha256)
                if safe not in names and names.issuperset(sizes) and all(copies.has(name) for name in sizes):
                    self.store.write(safe, b"")


def photo_name(coop_id: str, sha256: str, size: str) -> str:
    return f"{_stem(coop_id, sha256)}.{size}.webp"


def _safe_name(coop_id: str, sha256: str) -> str:
    return f"{_stem(coop_id, sha256)}.safe"


def _stem(coop_id: str, sha256: str) -> str:
    return f"{coop_id}/{sha256[:2]}/{sha256}"
