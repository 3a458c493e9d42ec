"""Everything at once: `make storm STEPS=200 SEED=7` for longer and other storms."""

from __future__ import annotations

import logging
import os

import pytest

from tests.browser.conftest import NewPhone
from tests.browser.portal import Network, Way
from tests.browser.server import MANAGER, MEMBER, NEIGHBOUR, Server
from tests.browser.storm import Storm

pytestmark = pytest.mark.browser
log = logging.getLogger(__name__)

STEPS = int(os.environ.get("STEPS") or 10)
SEED = int(os.environ.get("SEED") or 1)


def test_after_any_storm_everything_ticked_is_with_the_cooperative_once_and_all_phones_agree(
    server: Server, network: Network, new_phone: NewPhone
) -> None:
    phones = [new_phone(network.url) for _ in range(3)]
    for phone, who in zip(phones, (MANAGER, MEMBER, NEIGHBOUR), strict=True):
        phone.ready_for(who)
    storm = Storm(SEED, phones, network, server)
    try:
        for _ in range(STEPS):
            storm.step()
        storm.calm()
        disagreements = storm.disagreements()
    except BaseException:
        network.take(Way.CUT)
        pytest.fail(f"SEED={SEED}: {'; '.join(storm.log)}", pytrace=True)
    assert disagreements == [], f"SEED={SEED}: {'; '.join(storm.log)}"
    log.info("SEED=%d: %d steps, %d sales ticked, all there once", SEED, len(storm.log), len(storm.ticked))
