"""What detection asks of either database does not grow with how many sales are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from config import Settings
from server.database import db
from tests.protocol.client import Phone
from tests.server.test_detection import honey, open_kinds


@pytest.fixture
def settings(settings_of_either: Settings) -> Settings:
    return settings_of_either


def one_sum(member: Phone, manager: Phone, count: int) -> None:
    """The member and the office sell for one sum all hour."""
    for phone in (member, manager):
        for number in range(count):
            honey(phone, 1 + number / count, member_id=member.member_id)
        phone.sync()


def many_sums(member: Phone, manager: Phone, count: int) -> None:
    """The office writes all that the member sold a second time."""
    for hours, phone in enumerate((member, manager), start=5):
        for number in range(count):
            honey(phone, hours, price_vnd=200_000 + 1000 * number, member_id=member.member_id)
        phone.sync()


def odd_totals(member: Phone, manager: Phone, count: int) -> None:
    for number in range(count):
        honey(manager, 1 + number / 7, total_vnd=5_000_000 + number, member_id=member.member_id)
    manager.sync()


@pytest.mark.parametrize("trade", [one_sum, many_sums, odd_totals])
def test_what_is_asked_of_the_database_does_not_grow_with_the_sales_that_are_alike(
    app: Flask, member: Phone, manager: Phone, trade: Callable[[Phone, Phone, int], None]
) -> None:
    counts = []
    trade(member, manager, 2)
    for number in (4, 40):
        asked = Counter[str]()

        def note(_c: Any, _cursor: Any, statement: str, *_: Any, asked: Counter[str] = asked) -> None:
            asked[statement.split(" IN (")[0]] += 1

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", note)
            trade(member, manager, number)
            event.remove(db.engine, "before_cursor_execute", note)
        counts.append(asked)
    few, many = counts
    assert many.total() <= few.total(), many - few


def test_a_stall_that_sells_for_one_sum_all_day_from_two_phones_is_not_asked_about_each(
    member: Phone, manager: Phone
) -> None:
    one_sum(member, manager, 30)
    assert open_kinds(manager) == []
