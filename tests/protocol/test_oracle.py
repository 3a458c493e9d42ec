"""Random arrivals against a small oracle: rule 5 read word by word, for one record's last-writer fields."""

import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from .client import Mutation, Phone
from .clock import MINUTE_MS, YEAR_MS, session_of, tick_above
from .goods import listing, reviews

FIELDS = ("description", "price_vnd")


@dataclass
class Oracle:
    """What arrived so far, the stored value's mutation per field, and the conflict that each review is about."""

    log: dict[str, Mutation] = field(default_factory=dict)
    effs: dict[str, str] = field(default_factory=dict)
    stored: dict[str, Mutation] = field(default_factory=dict)
    conflicts: dict[tuple[str, frozenset[str]], tuple[Mutation, Mutation]] = field(default_factory=dict)

    def builds_on(self, later: Mutation, earlier: Mutation, name: str) -> bool:
        at = later["base"].get(name)
        while at in self.log and at != earlier["at"]:
            at = self.log[at]["base"].get(name)
        return bool(at == earlier["at"])

    def are_causal(self, one: Mutation, other: Mutation, name: str) -> bool:
        same_session = session_of(one["at"]) == session_of(other["at"])
        return same_session or self.builds_on(one, other, name) or self.builds_on(other, one, name)

    def arrives(self, mutation: Mutation, replica: str, replicas: dict[str, str]) -> str:
        """The outcome that the document wants."""
        at = mutation["at"]
        known = [self.effs[base] for base in mutation["base"].values() if base in self.effs]
        self.effs[at] = max([at, *(tick_above(eff, session_of(at)) for eff in known)])
        self.log[at], outcome = mutation, "applied"
        for name, value in mutation["set"].items():
            rival = self.stored.get(name, mutation)
            if value != rival["set"][name] and not self.are_causal(mutation, rival, name):
                pair = frozenset((replica, replicas[rival["at"]]))
                self.conflicts[name, pair] = (mutation, rival)
                outcome = "merged"
            if self.effs[at] >= self.effs[rival["at"]]:
                self.stored[name] = mutation
        return outcome


@dataclass
class Play:
    """One listing and the writers who edit it, each in a session of its own."""

    dice: random.Random
    writers: list[Phone]
    drifts_ms: tuple[int, ...]
    made: list[tuple[Phone, Mutation]] = field(default_factory=list)

    def create(self) -> None:
        owner = self.writers[0]
        values = listing(owner.member_id, description="gốc", price_vnd=0)
        self.made.append((owner, owner.mutation("listing", values, at=owner.stamp(-10 * MINUTE_MS))))

    def edit(self, number: int) -> None:
        writer = self.dice.randrange(len(self.writers))
        phone, drift_ms = self.writers[writer], self.drifts_ms[writer]
        if drift_ms:  # a session each: what ties inside a session is another test's matter
            phone = phone.clone()
        names = self.dice.sample(FIELDS, self.dice.randint(1, 2))
        values: dict[str, Any] = {
            "description": f"mô tả {self.dice.randrange(4)}",
            "price_vnd": self.dice.randrange(4),
        }
        recent = [mutation for _, mutation in self.made[-6:]]
        base = {}
        for name in names:
            seen = [mutation["at"] for mutation in recent if name in mutation["set"]]
            if seen and self.dice.random() < 0.8:
                base[name] = self.dice.choice(seen)
        at = phone.stamp(-9 * MINUTE_MS + number * 5000 + drift_ms)
        edited = {name: values[name] for name in names}
        shop_id = self.made[0][1]["id"]
        self.made.append((phone, phone.mutation("listing", edited, shop_id, at=at, base=base)))

    def arrivals(self) -> list[tuple[Phone, Mutation]]:
        """Mostly in the order of recording, some much later."""
        late = [index + self.dice.choice([0, 0, 2, 9]) for index in range(len(self.made))]
        late[0] = 0
        return [self.made[index] for index in sorted(range(len(late)), key=lambda index: (late[index], index))]


@pytest.mark.parametrize("drifts_ms", [(0, 0, 0, 0), (0, -YEAR_MS, -2 * MINUTE_MS, -9 * YEAR_MS)])
@pytest.mark.parametrize("seed", range(4))
def test_outcomes_rows_and_reviews_are_those_of_the_document(
    member: Phone, member_again: Phone, manager: Phone, seed: int, drifts_ms: tuple[int, ...]
) -> None:
    writers = [member, member.clone(), member_again, manager]
    play = Play(random.Random(seed), writers, drifts_ms)
    play.create()
    for number in range(30):
        play.edit(number)
    oracle, shop = Oracle(), play.made[0][1]
    replicas = {mutation["at"]: str(phone.replica) for phone, mutation in play.made}
    for phone, mutation in play.arrivals():
        wanted = oracle.arrives(mutation, str(phone.replica), replicas)
        receipt = phone.send(mutation)[0]
        assert receipt["outcome"] == wanted, mutation
        assert receipt.get("eff", mutation["at"]) == oracle.effs[mutation["at"]]
    row = manager.sync().row(shop)
    for name in FIELDS:
        winner = oracle.stored[name]
        assert (row.values[name], row.stamps[name]) == (
            winner["set"][name],
            oracle.effs[winner["at"]],
        )
    wanted_open = {
        (name, pair)
        for (name, pair), (one, other) in oracle.conflicts.items()
        if not oracle.are_causal(one, other, name)
    }
    found = reviews(manager, "conflict", shop)
    keys = [(review["field"], frozenset(side["replica"] for side in review["sides"])) for review in found]
    assert len(keys) == len(set(keys)), "one review per field and pair"
    assert set(keys) == wanted_open
    assert row.derived["open_reviews"] == len(keys)
