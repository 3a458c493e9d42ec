"""Run seasons: `python -m tests.simulation --seeds 1000 --from 0 --jobs 2`. A failing one is printed with its trace."""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.simulation import season
from tests.simulation.invariants import check
from tests.simulation.world import World


@dataclass(frozen=True)
class Outcome:
    """What one season came to; `report` says what broke, with the trace."""

    seed: int
    mutations: int
    faults: int
    report: str = ""


def run(seed: int) -> World:
    """One season, checked."""
    world = World(seed)
    season.play(world)
    check(world)
    return world


def attempt(seed: int) -> Outcome:
    """One season, and what broke in it, if anything did."""
    world, report = World(seed), ""
    try:
        season.play(world)
        check(world)
    except Exception as error:
        report = "\n".join((*world.trace, "", f"Seed {seed}: {type(error).__name__}: {error}"))
    return Outcome(seed, len(world.recorded), world.faults, report)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seeds", type=int, default=1000)
    arguments.add_argument("--from", type=int, default=0, dest="first")
    arguments.add_argument("--jobs", type=int, default=1)
    given = arguments.parse_args()
    begun = time.monotonic()
    mutations = faults = 0
    with _outcomes(range(given.first, given.first + given.seeds), given.jobs) as outcomes:
        for done, outcome in enumerate(outcomes, start=1):
            if outcome.report:
                sys.stdout.write(f"\n{outcome.report}\nAgain: make simulate SEEDS=1 FROM={outcome.seed}\n")
                return 1
            mutations, faults = mutations + outcome.mutations, faults + outcome.faults
            if done % 100 == 0 or done == given.seeds:
                rate = done * 60 / (time.monotonic() - begun)
                line = f"{done} seasons, {mutations} mutations, {faults} faults, {rate:.0f} seasons a minute"
                sys.stdout.write(f"\r{line}")
                sys.stdout.flush()
    sys.stdout.write("\n")
    return 0


@contextmanager
def _outcomes(seeds: range, jobs: int) -> Iterator[Iterator[Outcome]]:
    """In the order of the seeds, so that the first failing one is always the same."""
    if jobs <= 1:
        yield map(attempt, seeds)
        return
    with multiprocessing.Pool(jobs) as pool:
        yield pool.imap(attempt, seeds, chunksize=20)


if __name__ == "__main__":
    sys.exit(main())
