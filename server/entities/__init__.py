"""The synced entities. Adding one is adding a file and a line here."""

from server.entities.definition import DATA_VERSION, Definition
from server.entities.listing import LISTING
from server.entities.member import MEMBER
from server.entities.sale import SALE
from server.entities.stock_entry import STOCK_ENTRY
from sync.rules import Registry

DEFINITIONS: dict[str, Definition] = {d.rules.name: d for d in (SALE, LISTING, STOCK_ENTRY, MEMBER)}


def registry_of(version: int) -> Registry:
    """What a client or server of a data version knows, 1 ≤ version ≤ DATA_VERSION."""
    return {name: definition.rules_of(version) for name, definition in DEFINITIONS.items()}


REGISTRY: Registry = registry_of(DATA_VERSION)
