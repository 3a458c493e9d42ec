"""What the detection finds in seasons whose mistakes are known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.detection.mistakes import WRONG, err
from bench.detection.season import Season, lines, season
from server.reviews.detection import Sold, close_pairs, odd_amounts, twins

TWICE = ("by a member and by the office", "by a member on two phones")


@dataclass
class Score:
    """Of one kind of review. `made` and `found` are mistakes by kind, `alarms` what was asked for nothing."""

    made: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    alarms: int = 0

    @property
    def precision(self) -> float:
        found = self.found.total()
        return found / (found + self.alarms) if found else 0.0

    @property
    def recall(self) -> float:
        return self.found.total() / self.made.total() if self.made else 0.0


@dataclass
class Scores:
    sales: int = 0
    odd_amount: Score = field(default_factory=Score)
    duplicate_sale: Score = field(default_factory=Score)

    def alarms_per_1000(self, score: Score) -> float:
        return 1000 * score.alarms / self.sales


def measure(seeds: Iterable[int], rate: float = 1.0) -> Scores:
    """Over the seasons of these seeds, with `rate` times the assumed mistakes."""
    scores = Scores()
    for seed in seeds:
        made = err(season(seed), seed, rate)
        scores.sales += len(made.sales)
        _amounts(made, scores.odd_amount)
        _pairs(made, scores.duplicate_sale)
    return scores


def _amounts(season: Season, score: Score) -> None:
    score.made.update(kind for kind in season.mistakes.values() if kind in WRONG)
    for line in lines(season.sales):
        for sale, odd in odd_amounts(line, range(len(line))):
            if odd is None:
                continue
            kind = season.mistakes.get(sale.id)
            if kind in WRONG:
                score.found[str(kind)] += 1
            else:
                score.alarms += 1


def _pairs(season: Season, score: Score) -> None:
    score.made.update(kind for kind in season.mistakes.values() if kind in TWICE)
    groups: dict[str | None, list[Sold]] = {}
    for sale in season.sales:
        groups.setdefault(sale.member_id, []).append(sale)
    for group in groups.values():
        for one, other in twins(close_pairs(group), season.writers):
            again = next((a for a, b in ((one, other), (other, one)) if season.repeats.get(a.id) == b.id), None)
            if again is not None:
                score.found[season.mistakes[again.id]] += 1
            else:
                score.alarms += 1
