"""Run seasons: `python -m tests.simulation --seeds 1000 --from 0`. A failing seed is printed with its trace."""

import argparse
import sys
import time

from tests.simulation import season
from tests.simulation.invariants import check
from tests.simulation.world import World


def run(seed: int) -> World:
    """One season, checked. Raises with the world's trace in `world.trace`."""
    world = World(seed)
    season.play(world)
    check(world)
    return world


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seeds", type=int, default=1000)
    arguments.add_argument("--from", type=int, default=0, dest="first")
    given = arguments.parse_args()
    begun = time.monotonic()
    mutations = faults = 0
    for done, seed in enumerate(range(given.first, given.first + given.seeds), start=1):
        world = World(seed)
        try:
            season.play(world)
            check(world)
        except Exception as error:
            _report(world, error)
            return 1
        mutations, faults = mutations + len(world.recorded), faults + world.faults
        if done % 100 == 0 or done == given.seeds:
            minutes = (time.monotonic() - begun) / 60
            line = f"{done} seasons, {mutations} mutations, {faults} faults, {done / minutes:.0f} seasons a minute"
            sys.stdout.write(f"\r{line}")
            sys.stdout.flush()
    sys.stdout.write("\n")
    return 0


def _report(world: World, error: Exception) -> None:
    sys.stdout.write("\n" + "\n".join(world.trace))
    sys.stdout.write(f"\n\nSeed {world.seed}: {type(error).__name__}: {error}\n")
    sys.stdout.write(f"Again: make simulate SEEDS=1 FROM={world.seed}\n")


if __name__ == "__main__":
    sys.exit(main())
