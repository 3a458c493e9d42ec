"""Planted faults in what a phone does with what it holds."""

from collections.abc import Callable
from typing import Any

import pytest

from sync.replica import Pending, Replica
from sync.stamps import Clock, pack
from tests.simulation.mutants import mutant
from tests.simulation.phones import FullError, KilledError, Phone, copy_replica
from tests.simulation.servers import TooOldError
from tests.simulation.world import World


@mutant
def client_receipts_outlive_a_reset(patch: pytest.MonkeyPatch) -> None:
    receive = Replica.receive

    def keep(self: Replica, answer: Any, session: str) -> None:
        kept = [(p, p.receipt, p.landed) for p in self.outbox]
        receive(self, answer, session)
        for pending, receipt, landed in kept:
            if pending.receipt is None:
                pending.receipt, pending.landed = receipt, landed

    patch.setattr(Replica, "receive", keep)


@mutant
def client_forgets_what_is_not_safe(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Replica, "_forgettable", staticmethod(lambda pending, safe: pending.landed))


@mutant
def client_never_drops_its_overlay(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Pending, "laid_over", property(lambda self: self.outcome != "rejected"))


@mutant
def client_clock_goes_back_with_the_phones(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Clock, "read", lambda self, now_ms: pack(now_ms, 0, self.session))


@mutant
def client_half_an_answer_is_stored_when_it_is_killed(patch: pytest.MonkeyPatch) -> None:
    def write(self: Phone, change: Callable[[Replica], Any], *, killed: bool = False) -> Any:
        if not self.full and not killed:
            return change(self.replica)
        half = copy_replica(self.replica)
        change(half)
        self.replica.cursor = half.cursor
        raise KilledError if killed else FullError

    patch.setattr(Phone, "write", write)


@mutant
def client_ticks_before_its_storage_has_the_record(patch: pytest.MonkeyPatch) -> None:
    def write(self: Phone, change: Callable[[Replica], Any], *, killed: bool = False) -> Any:
        return change(copy_replica(self.replica) if self.full or killed else self.replica)

    patch.setattr(Phone, "write", write)


@mutant
def client_makes_room_on_a_full_disk_by_dropping_what_is_unsent(patch: pytest.MonkeyPatch) -> None:
    real = Phone.write

    def write(self: Phone, change: Callable[[Replica], Any], *, killed: bool = False) -> Any:
        if self.full:
            self.full, self.replica.outbox = False, []
        return real(self, change, killed=killed)

    patch.setattr(Phone, "write", write)


@mutant
def client_that_is_too_old_drops_what_is_unsent(patch: pytest.MonkeyPatch) -> None:
    real = World.answer

    def answer(self: World, phone: Phone, author: Any, body: Any) -> Any:
        try:
            return real(self, phone, author, body)
        except TooOldError:
            phone.replica.outbox = []
            raise

    patch.setattr(World, "answer", answer)


@mutant
def client_forgets_to_offer_what_did_not_come_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Replica, "unoffered", lambda self, most: [])


@mutant
def client_keeps_nothing_aside_at_a_reset(patch: pytest.MonkeyPatch) -> None:
    last_page = Replica._last_page

    def forget(self: Replica, answer: Any) -> None:
        last_page(self, answer)
        self.aside = {}

    patch.setattr(Replica, "_last_page", forget)


@mutant
def client_offers_once_and_never_again(patch: pytest.MonkeyPatch) -> None:
    last_page = Replica._last_page

    def remember(self: Replica, answer: Any) -> None:
        offered = self.offered
        last_page(self, answer)
        self.offered |= offered

    restart = Phone.restart

    def start(self: Phone, session: str) -> None:
        offered = self.replica.offered
        restart(self, session)
        self.replica.offered = offered

    patch.setattr(Replica, "_last_page", remember)
    patch.setattr(Phone, "restart", start)


@mutant
def client_renames_its_version_when_it_is_renewed(patch: pytest.MonkeyPatch) -> None:
    request = Replica.request

    def rewrite(self: Replica, *bounds: int) -> Any:
        body = request(self, *bounds)
        version = self.registry["sale"].version
        body["mutations"] = [{**mutation, "v": version} for mutation in body["mutations"]]
        return body

    patch.setattr(Replica, "request", rewrite)
