"""Fingerprints and digests: how a phone knows that it holds exactly what the co-operative holds.

A fingerprint is CRC-32 (ISO-HDLC, as in zlib) of the UTF-8 text `entity id field=stamp field=stamp …`, fields sorted
by name. A digest of a scope is, per entity, the number of complete records and the sum of their fingerprints modulo
2^48 (docs/protocol.md, rule 11).
"""

import zlib
from collections.abc import Mapping

DIGEST_MODULUS = 1 << 48


def fingerprint(entity: str, id: str, stamps: Mapping[str, str]) -> int:
    """CRC-32 of a record's identity and stamps; two sides that agree on it agree on every value's origin."""
    parts = [entity, id]
    parts += [f"{name}={stamps[name]}" for name in sorted(stamps)]
    return zlib.crc32(" ".join(parts).encode())
