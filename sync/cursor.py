"""The place where a replica stopped reading: opaque to clients, signed, and naming the server's past that it saw."""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass

_TAG_BYTES = 16
_TYPES = [str, str, int, int, str, str]


@dataclass(frozen=True, slots=True)
class Cursor:
    """`head_seq` and `head_tag` name the newest transaction of the snapshot that was read; `scope` what was visible."""

    replica: str
    history: str
    position: int
    head_seq: int
    head_tag: str
    scope: str

    def encode(self, key: bytes) -> str:
        fields = (self.replica, self.history, self.position, self.head_seq, self.head_tag, self.scope)
        payload = json.dumps(fields, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(_sign(key, payload) + payload).decode().rstrip("=")


def decode(text: object, key: bytes) -> Cursor | None:
    """The cursor, if this server's key signed it; None for anything else."""
    if not isinstance(text, str) or not text.isascii() or len(text) > 1000:
        return None
    try:
        blob = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    signature, payload = blob[:_TAG_BYTES], blob[_TAG_BYTES:]
    if not hmac.compare_digest(signature, _sign(key, payload)):
        return None
    fields = json.loads(payload)
    # Another release may have signed other fields with this key.
    if not isinstance(fields, list) or [type(field) for field in fields] != _TYPES:
        return None
    return Cursor(*fields)


def _sign(key: bytes, payload: bytes) -> bytes:
    return hmac.new(key, payload, hashlib.sha256).digest()[:_TAG_BYTES]
