"""Blobs as objects of an S3 bucket, Amazon's or any other that speaks its language.

Who we are and where it is, botocore reads from the standard AWS variables; it is loaded when a bucket is first asked.
Objects are written without an ACL: they are as private as the bucket, and are served through the application alone.
"""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from server.blobs.blob import Blob
from server.problems import UnavailableError

log = structlog.get_logger("bucket")

CONNECT_S, ANSWER_S, ATTEMPTS = 3, 10, 2
RETRY_AFTER_S = 60
# A bucket that does not answer is left alone for a moment: each who waits for it keeps a thread from the syncs.
REST_S = 15


class Bucket:
    """One bucket for all kinds of blobs of a process, and all of its threads."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._making = threading.Lock()
        self._client: Any = None
        self._resting_until_s = 0.0

    @contextmanager
    def reached(self) -> Iterator[Any]:
        """The client to ask; raises UnavailableError for whatever keeps it from answering."""
        if time.monotonic() < self._resting_until_s:
            raise _unavailable("no_answer")
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield self._connected()
        except BotoCoreError as error:
            self._resting_until_s = time.monotonic() + REST_S
            raise _unavailable(type(error).__name__) from error
        except ClientError as error:
            raise _unavailable(error.response["Error"].get("Code", "unknown")) from error

    def _connected(self) -> Any:
        with self._making:
            if self._client is None:
                from botocore.config import Config
                from botocore.session import get_session

                config = Config(
                    connect_timeout=CONNECT_S,
                    read_timeout=ANSWER_S,
                    retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
                    # Newer checksums than MD5 are unknown to many that speak S3.
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                )
                self._client = get_session().create_client("s3", config=config)
        return self._client


class BucketStore:
    """A BlobStore whose names are keys of a bucket, below its kind: `photos/<name>`."""

    def __init__(self, bucket: Bucket, kind: str) -> None:
        self._bucket, self._kind = bucket, kind

    def read(self, name: str) -> bytes | None:
        with self._bucket.reached() as client:
            try:
                answer = client.get_object(**self._at(name))
            except client.exceptions.NoSuchKey:
                return None
            content: bytes = answer["Body"].read()
        if answer["Metadata"].get("sha256") not in (None, hashlib.sha256(content).hexdigest()):
            log.error("damaged", kind=self._kind)
            return None
        return content

    def has(self, name: str) -> bool:
        with self._bucket.reached() as client:
            try:
                client.head_object(**self._at(name))
            except client.exceptions.ClientError as error:
                if error.response["Error"]["Code"] not in ("404", "NoSuchKey"):
                    raise
                return False
        return True

    def write(self, name: str, content: bytes) -> None:
        md5 = base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
        with self._bucket.reached() as client:
            client.put_object(
                **self._at(name),
                Body=content,
                ContentMD5=md5,  # the bucket takes what agrees, and nothing else
                Metadata={"sha256": hashlib.sha256(content).hexdigest()},
            )

    def remove(self, name: str) -> None:
        with self._bucket.reached() as client:
            client.delete_object(**self._at(name))

    def owners(self) -> list[str]:
        prefixes = (found for page in self._pages("", Delimiter="/") for found in page.get("CommonPrefixes", ()))
        return [found["Prefix"].split("/")[1] for found in prefixes]

    def blobs(self, owner: str) -> Iterator[Blob]:
        for page in self._pages(f"{owner}/"):
            for found in page.get("Contents", ()):
                yield Blob(found["Key"].partition("/")[2], found["LastModified"].timestamp())

    def clear_unfinished(self) -> int:
        return 0  # an object is there when all of it came

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": self._bucket.name, "Key": f"{self._kind}/{name}"}

    def _pages(self, below: str, **more: str) -> Iterator[Any]:
        """Up to 1,000 keys at a time."""
        asked = {"Bucket": self._bucket.name, "Prefix": f"{self._kind}/{below}", **more}
        while True:
            with self._bucket.reached() as client:
                page = client.list_objects_v2(**asked)
            yield page
            if not page.get("IsTruncated"):
                return
            asked["ContinuationToken"] = page["NextContinuationToken"]


def _unavailable(reason: str) -> UnavailableError:
    log.error("unavailable", reason=reason)
    return UnavailableError(f"The bucket cannot be used now ({reason}).", retry_after_s=RETRY_AFTER_S)
