"""`python -m bench.detection`: prints the table of docs/detection.md, or with `--write` puts it there."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from bench.detection.measure import Score, Scores, measure

PAGE = Path(__file__).parents[2] / "docs" / "detection.md"
BEGIN, END = "<!-- measured: make detection -->", "<!-- end of what was measured -->"
TUNED_ON, REPORTED_ON = range(20), range(100, 140)


def table(seeds: range) -> Iterator[str]:
    scores, fewer = measure(seeds), measure(seeds, rate=0.25)
    yield f"{len(seeds)} seasons (seeds {seeds[0]} to {seeds[-1]}), {scores.sales:,} sales."
    yield ""
    yield "| review | mistakes | found (recall) | asked rightly (precision) | asked for nothing, per 1,000 sales |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name in ("odd_amount", "duplicate_sale"):
        yield _line(f"`{name}`", scores, getattr(scores, name))
        yield _line(f"`{name}`, a quarter of the mistakes", fewer, getattr(fewer, name))
    yield ""
    yield "| mistake | made | found |"
    yield "| --- | ---: | ---: |"
    for score in (scores.odd_amount, scores.duplicate_sale):
        for kind, made in sorted(score.made.items()):
            yield f"| {kind} | {made} | {score.found[kind]} ({score.found[kind] / made:.0%}) |"


def _line(name: str, scores: Scores, score: Score) -> str:
    found, made = score.found.total(), score.made.total()
    asked_for_nothing = f"{scores.alarms_per_1000(score):.2f}"
    return f"| {name} | {made} | {found} ({score.recall:.0%}) | {score.precision:.0%} | {asked_for_nothing} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true", help="on the seeds that it was tuned on")
    parser.add_argument("--write", action="store_true", help="into docs/detection.md")
    given = parser.parse_args()
    text = "\n".join(table(TUNED_ON if given.tuning else REPORTED_ON))
    print(text)
    if given.write:
        before, _, rest = PAGE.read_text().partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


if __name__ == "__main__":
    main()
