"""A co-operative with a season's trade, its money and its board, among others of the province."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import Settings
from server import audit, demo, migrating
from server.accounts import Coop, create_coop
from server.app import create_app
from server.board import records
from server.database import db, new_id, writing
from server.demo import people
from server.demo.season import SEASON_DAYS
from server.entities import DEFINITIONS
from server.front_door import mark_demo
from server.money import commands, summary
from server.money.ledger import Season
from server.money.reads import owed_now, today

MEMBERS = 200
OTHER_COOPS = 40
LATE = 300
NEEDS = 400
NOTICES = 60
AUDIT_ENTRIES = 3000
MONTHS = 6
NEED_KINDS = ("goods", "price", "transport", "capital", "training", "other")

SALE = DEFINITIONS["sale"].table


def filled(folder: Path, sales: int) -> Flask:
    """The province's first co-operative with all the sales, written through the engine like everything else."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder.resolve() / "chophien.db"
    is_new = not file.exists()
    settings = Settings(secret_key="b" * 40, data_dir=folder, database_url=f"sqlite:///{file}", demo=True)
    app = create_app(settings)
    with app.app_context():
        migrating.upgrade()
        if is_new:
            sys.stderr.write(f"Recording {sales} sales of {MEMBERS} members ...\n")
            with writing() as session:
                mark_demo(session)
            people.COOPS = (_large(people.COOPS[0]),)
            demo.load(sales=sales)
            _fill()
        db.engine.dispose()
    return app


def _large(coop: people.DemoCoop) -> people.DemoCoop:
    members = coop.members
    return replace(
        coop,
        members=tuple(
            (f"{members[n % len(members)][0]} {n}", members[n * 7 % len(members)][1]) for n in range(MEMBERS)
        ),
    )


def _fill() -> None:
    """What a year leaves beside the sales. Each step is a transaction of its own, as it is on any other day."""
    rng = random.Random(1)  # noqa: S311 - nothing secret comes from it
    with writing() as session:
        coop_id = session.scalars(select(Coop.id)).one()
        for number in range(OTHER_COOPS):
            create_coop(session, name=f"HTX {number}", place=people.COOPS[0].place)
    day = datetime.fromisoformat(today()).date()
    ended = day - timedelta(days=SEASON_DAYS // 2)
    season = Season(new_id(), "Vụ hè", (day - timedelta(days=SEASON_DAYS)).isoformat(), ended.isoformat(), False)
    with writing() as session:
        _pay(session, coop_id, "opening", "2025-01-01T00:00:00Z", dict.fromkeys(owed_now(session, coop_id), 5_000_000))
        commands.write_season(session, coop_id, season)
    with writing() as session:
        commands.close(session, coop_id, season.id)
    with writing() as session:
        _come_late(session, coop_id, season.ends_on)
        owed = {id: vnd for id, vnd in owed_now(session, coop_id).items() if vnd > 1}
        _pay(session, coop_id, "payout", f"{day}T00:00:00Z", {id: vnd // 2 for id, vnd in owed.items()})
    for back in range(1, MONTHS + 1):
        with writing() as session:
            month = (day.replace(day=1) - timedelta(days=30 * back)).replace(day=1)
            summary.publish(session, coop_id, month.isoformat())
    with writing() as session:
        _board(session, coop_id, rng, list(owed))
        for number in range(AUDIT_ENTRIES):
            action = rng.choice(("exports.sales", "reviews.resolve", "phones.revoke", "money.pay"))
            audit.record(session, action, coop_id=coop_id, details={"rows": number})


def _pay(session: Session, coop_id: str, kind: str, paid_at: str, amounts: dict[str, int]) -> None:
    batch_id = new_id()
    said = {"kind": kind, "paid_at": paid_at, "batch_id": batch_id}
    values = {
        commands.payment_id(batch_id, id): {**said, "member_id": id, "amount_vnd": vnd} for id, vnd in amounts.items()
    }
    records.write(session, coop_id, "payment", values)


def _come_late(session: Session, coop_id: str, ends_on: str) -> None:
    """Sales of the closed season are voided since."""
    before = (SALE.c.coop_id == coop_id, SALE.c.sold_at < ends_on, SALE.c.counts.is_(True), SALE.c.money_with == "coop")
    ids = session.scalars(select(SALE.c.id).where(*before).order_by(SALE.c.id).limit(LATE))
    records.write(session, coop_id, "sale", {id: {"voided": True, "void_reason": "wrong_amount"} for id in ids})


def _board(session: Session, coop_id: str, rng: random.Random, members: list[str]) -> None:
    now = datetime.now(UTC)
    needs = {
        new_id(): {
            "kind": rng.choice(NEED_KINDS),
            "text": "Đường vào bản lở, xe không lên lấy hàng được.",
            "told_at": (now - timedelta(hours=number)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "member_id": rng.choice(members),
        }
        for number in range(NEEDS)
    }
    notices = {
        new_id(): {"kind": "policy", "title": f"Hỗ trợ {number}", "body": "Hỏi cán bộ ở Ủy ban nhân dân xã."}
        for number in range(NOTICES)
    }
    records.write(session, coop_id, "need", needs)
    records.write(session, coop_id, "notice", notices)
