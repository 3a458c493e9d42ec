"""Where this server keeps its blobs."""

from __future__ import annotations

from flask import current_app

from server.blobs.blob import BlobStore
from server.blobs.bucket import Bucket, BucketStore
from server.blobs.folder import FolderStore
from server.front_door import settings

PHOTOS, VOICE = "photos", "voice"
SUFFIXES = {PHOTOS: ".webp", VOICE: ".clip"}
"""By the kind: what is worth a copy."""


def store_of(kind: str) -> BlobStore:
    """By the settings: the bucket if there is one, else the folder."""
    return bucket_of(kind) if settings().photo_bucket else folder_of(kind)


def folder_of(kind: str) -> FolderStore:
    return FolderStore(settings().data_dir / kind)


def bucket_of(kind: str) -> BucketStore:
    bucket = current_app.extensions.setdefault("bucket", Bucket(settings().photo_bucket))
    return BucketStore(bucket, kind)
