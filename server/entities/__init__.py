"""The synced entities. Adding one is adding a file and a line here."""

from server.entities.consent import CONSENT
from server.entities.definition import DATA_VERSION, Definition
from server.entities.listing import LISTING
from server.entities.market import MARKET
from server.entities.member import MEMBER
from server.entities.need import NEED
from server.entities.notice import NOTICE
from server.entities.payment import PAYMENT
from server.entities.price import PRICE
from server.entities.sale import SALE
from server.entities.season import SEASON
from server.entities.statement import STATEMENT
from server.entities.stock_entry import STOCK_ENTRY
from server.entities.summary import SUMMARY
from sync.rules import Registry

DEFINITIONS: dict[str, Definition] = {
    d.rules.name: d
    for d in (
        SALE,
        LISTING,
        STOCK_ENTRY,
        MEMBER,
        PAYMENT,
        SEASON,
        STATEMENT,
        SUMMARY,
        CONSENT,
        PRICE,
        NOTICE,
        NEED,
        MARKET,
    )
}


def registry_of(version: int) -> Registry:
    """What a client or server of a data version knows, 1 ≤ version ≤ DATA_VERSION."""
    return {
        name: definition.rules_of(version)
        for name, definition in DEFINITIONS.items()
        if definition.rules.since <= version
    }


REGISTRY: Registry = registry_of(DATA_VERSION)
