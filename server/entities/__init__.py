"""The synced entities. Adding one is adding a file and a line here."""

from server.entities.definition import Definition
from server.entities.listing import LISTING
from server.entities.member import MEMBER
from server.entities.sale import SALE
from server.entities.stock_entry import STOCK_ENTRY
from sync.rules import Registry

DEFINITIONS: dict[str, Definition] = {d.rules.name: d for d in (SALE, LISTING, STOCK_ENTRY, MEMBER)}
REGISTRY: Registry = {name: definition.rules for name, definition in DEFINITIONS.items()}
