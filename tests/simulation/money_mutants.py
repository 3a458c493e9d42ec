"""Planted faults in payments, seasons and what is owed."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import true

from server.money import reads
from server.money.ledger import Totals
from sync import judge
from sync.rules import Entity
from tests.simulation import treasury
from tests.simulation.mutants import mutant


@mutant
def money_a_payment_that_was_taken_back_is_still_paid(patch: pytest.MonkeyPatch) -> None:
    live = reads.live
    patch.setattr(reads, "live", lambda table: live(table) if table is reads.SALE else table.c.complete == true())


@mutant
def money_what_buyers_owe_is_paid_out(patch: pytest.MonkeyPatch) -> None:
    totals = reads.totals

    def early(*asked: Any) -> Any:
        return tuple(
            {
                account: replace(one, on_credit_vnd=0, with_coop_vnd=one.with_coop_vnd + one.on_credit_vnd)
                for account, one in accounts.items()
            }
            for accounts in totals(*asked)
        )

    patch.setattr(reads, "totals", early)


@mutant
def money_a_season_ends_at_midnight_in_greenwich(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reads, "MIDNIGHT", "T23:59:59.99")


@mutant
def money_a_season_begins_with_nothing_owed(patch: pytest.MonkeyPatch) -> None:
    statement = reads.statement
    patch.setattr(reads, "statement", lambda earlier, during, closed: statement(Totals(), during, closed))


@mutant
def money_members_pay_themselves(patch: pytest.MonkeyPatch) -> None:
    refusals = judge.refusals

    def lenient(entity: Entity, role: str, account: str, record: Any, values: Any, foreign: Any) -> Any:
        open_to_all = {name: replace(rule, managers_only=False) for name, rule in entity.fields.items()}
        return refusals(replace(entity, fields=open_to_all), role, account, record, values, foreign)

    patch.setattr(judge, "refusals", lenient)


@mutant
def money_a_season_is_closed_before_its_statements_are_whole(patch: pytest.MonkeyPatch) -> None:
    values = treasury.statement_values

    def without_late(*said: Any) -> Any:
        return {id: one | {"late_vnd": 0} for id, one in values(*said).items()}

    patch.setattr(treasury, "statement_values", without_late)
