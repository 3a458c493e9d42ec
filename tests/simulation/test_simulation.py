"""A few hundred seasons of trouble in which nothing is lost, and proof that they would tell."""

from collections.abc import Iterable

import pytest

from tests.simulation import (  # noqa: F401  they plant theirs
    decision_mutants,
    money_mutants,
    phone_mutants,
    version_mutants,
)
from tests.simulation.__main__ import run
from tests.simulation.mutants import MUTANTS

SEASONS = 300
SEASONS_TO_CATCH = 500
# Seasons that show what few do: tried first. Others catch it too where a change of the seasons has them miss it.
TRIED_FIRST = {
    "client_offers_once_and_never_again": 94,
    "rule_8_early_writes_without_a_right_stand": 73,
    "version_learning_skips_what_was_held_before": 170,
    "version_learning_takes_what_arrived_last": 183,
    "witness_accepted_it_overwrites_what_is_there": 292,
}


def _run_all(seeds: Iterable[int]) -> None:
    for seed in seeds:
        run(seed)


@pytest.mark.parametrize("first", range(0, SEASONS, 50))
def test_nothing_is_lost_diverges_or_gets_stuck_in_any_season(first: int) -> None:
    _run_all(range(first, first + 50))


def test_a_seed_replays_its_season_to_the_letter() -> None:
    one, other = run(7), run(7)
    assert one.trace == other.trace
    assert one.recorded == other.recorded


@pytest.mark.parametrize("name", MUTANTS)
def test_a_planted_fault_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch)
    with pytest.raises((AssertionError, LookupError)):
        _run_all([TRIED_FIRST.get(name, 0), *range(SEASONS_TO_CATCH)])
