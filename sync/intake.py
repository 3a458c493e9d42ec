"""Whatever was sent, as an entry of the log: read under bounds, so that no mutation can harm more than itself."""

import json
from typing import Any

from sync import mutation as m
from sync.mutation import Author, Entry, Errors, is_id
from sync.rules import Registry
from sync.stamps import is_stamp, session_of

# What every JSON reader, JavaScript's too, takes exactly.
MAX_INTEGER = (1 << 53) - 1
# Values are texts and numbers; nothing real is deeper or wider.
MAX_DEPTH = 16
MAX_FIELDS = 64


def read(registry: Registry, author: Author, sent: object, now_ms: int) -> tuple[Entry, Errors]:
    """An entry from a mutation as received, and what is wrong with its shape. `eff` is a re-sent one, if it may be."""
    errors: Errors = {}
    raw = _pruned(sent, MAX_DEPTH)
    if raw != sent:
        errors["mutation"] = ["invalid"]
    text = m.canonical(raw)
    content_hash = m.text_hash(m.content_text(raw))
    key = m.log_key(raw, content_hash)
    if len(text) > m.MAX_MUTATION_BYTES and _size(raw) > m.MAX_MUTATION_BYTES:
        errors["mutation"] = ["too_large"]
        raw = {name: raw.get(name) for name in ("at", "v", "entity", "id")} if isinstance(raw, dict) else None
        raw = _small(raw) | {"set": {}, "cut": text[: m.MAX_MUTATION_BYTES]}
        text = m.canonical(raw)
    body: dict[str, Any] = raw if isinstance(raw, dict) else {}
    at, eff = body.get("at"), body.get("eff")
    entity, id, values, base = _fields(registry, raw, body, errors)
    resent = is_stamp(eff) and is_stamp(at) and session_of(eff) == session_of(at)
    return Entry(
        key=key,
        at=at,
        v=m.data_version(body),
        entity=entity,
        id=id,
        set=values,
        base=base,
        raw=text,
        hash=content_hash,
        replica=author.replica,
        account=author.account,
        role=author.role,
        arrived_ms=now_ms,
        eff=str(eff) if resent else key,
    ), errors


def _fields(
    registry: Registry, raw: object, body: dict[str, Any], errors: Errors
) -> tuple[str | None, str | None, dict[str, Any], dict[str, str]]:
    """Entity, id, set and base as far as they can be used; what cannot is told in `errors`."""
    entity, id, values, base = (body.get(name) for name in ("entity", "id", "set", "base"))
    if not isinstance(raw, dict):
        errors["mutation"] = ["invalid"]
    if not is_stamp(body.get("at")):
        errors["at"] = ["invalid"]
    if type(body.get("v")) is not int or not 1 <= body["v"] <= MAX_INTEGER:
        errors["v"] = ["invalid"]
    if not isinstance(entity, str) or entity not in registry or registry[entity].since > m.data_version(body):
        errors |= m.UNKNOWN_ENTITY
        entity = None
    if not is_id(id):
        errors["id"], id = ["invalid"], None
    if not isinstance(values, dict):
        errors["set"], values = ["invalid"], {}
    if len(values) > MAX_FIELDS:
        errors["set"] = ["too_large"]
    base = {} if base is None else base
    if not isinstance(base, dict) or not all(is_stamp(stamp) for stamp in base.values()):
        errors["base"], base = ["invalid"], {}
    return entity, id, values, used_base(values, base)


def used_base(values: dict[str, Any], base: dict[str, Any]) -> dict[str, str]:
    """The part of a base that means something: stamps of fields that are set."""
    if len(values) > MAX_FIELDS:
        return {}
    return {name: stamp for name, stamp in base.items() if name in values and is_stamp(stamp)}


def _pruned(value: object, depth: int) -> Any:
    """The value without what lies deeper than `depth`: nothing that is kept may be too deep to be read again."""
    if isinstance(value, dict):
        return {name: _pruned(part, depth - 1) for name, part in value.items()} if depth else None
    if isinstance(value, list):
        return [_pruned(part, depth - 1) for part in value] if depth else None
    return value


def _small(raw: dict[str, Any] | None) -> dict[str, Any]:
    """Of a mutation that is too large, what names it: short texts and numbers."""
    return {name: value for name, value in (raw or {}).items() if len(m.canonical(value)) < 100}


def _size(raw: object) -> int:
    return len(json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
