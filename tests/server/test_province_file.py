"""All merged data as one SQLite file: linked, searched with and without marks, without anybody's private things."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlite_utils import Database

from config import Settings
from server.app import create_app
from server.database import db, new_id, writing
from server.people.ethnic_group import EthnicGroup
from tests.conftest import People
from tests.protocol.goods import listing, reviews, sale
from tests.server.phones import sign_in
from tests.server.test_board import MARKET, NOTICE, PRICE, need, today
from tests.server.test_decisions import resolve
from tests.server.test_exports import BUYER, exported

NUMBER = "0912 345 678"
CALL = f"gọi {NUMBER}"
SUMMER = {"name": "Vụ hè", "starts_on": "2026-07-01", "ends_on": "2026-08-31"}


@pytest.fixture(scope="module")
def season(template: tuple[Settings, People], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A little of everything: a corrected sale, a refused one that was decided about, a closed season, the board.

    Once for all tests: they only read.
    """
    settings, people = template
    folder = tmp_path_factory.mktemp("province")
    shutil.copy(settings.data_dir / "chophien.db", folder / "chophien.db")
    app = create_app(replace(settings, data_dir=folder, database_url=f"sqlite:///{folder}/chophien.db"))
    member, office = today(app, "member"), today(app, "manager")
    office.record("member", {"name": "Giàng A Páo", "village": "Má Lủng"}, member.member_id)
    for entity, values in (
        ("notice", NOTICE | {"body": CALL, "told_by": "coop"}),
        ("price", PRICE),
        ("market", MARKET),
    ):
        office.record(entity, values)
    office.sync()
    offered = member.record("listing", listing(member.member_id))
    old = {"sold_at": "2026-08-03T02:00:00Z", "money_with": "coop"}
    sold = member.record("sale", sale(member.member_id, product_name="Chè Shan", **old))
    member.record("sale", {"voided": True, "void_reason": "corrected"}, sold["id"])
    named = {"product_name": "Chè Shan tuyết", "replaces_id": sold["id"], "listing_id": offered["id"]}
    member.record("sale", sale(member.member_id, **old, **named, buyer_name=BUYER, note=CALL))
    refused = member.record("sale", sale(member.member_id, total_vnd=-1, buyer_name=BUYER, note=CALL))
    need(member, text=f"Đường lở, {CALL}")
    member.sync()
    [asked] = reviews(office, "rejected", refused)
    assert resolve(office, asked, "dismiss", note=CALL).status_code == 200
    paid = {"id": new_id(), "kind": "advance", "amounts": [{"member_id": member.member_id, "amount_vnd": 100_000}]}
    summer = new_id()
    for method, path, body in (
        ("POST", "payments", paid),
        ("PUT", f"seasons/{summer}", SUMMER),
        ("POST", f"seasons/{summer}/close", None),
        ("PUT", "summaries/2026-08", None),
    ):
        assert office.request(method, f"/money/{path}", json=body).status_code == 200
    with app.app_context(), writing() as session:
        group = {"value": "Mông", "recorded_by": people.manager, "recorded_at_ms": 1}
        session.add(EthnicGroup(coop_id=people.coop, member_id=people.member, **group))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def content(season: Flask) -> bytes:
    return exported(sign_in(season, "admin"), "data", "sqlite")


@pytest.fixture
def file(content: bytes, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "province.db"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as opened:
        yield opened


def all_of(file: sqlite3.Connection, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return file.execute(query, values).fetchall()


def test_all_merged_data_is_one_file_with_labels_and_links(file: sqlite3.Connection) -> None:
    assert all_of(file, "PRAGMA integrity_check") == [("ok",)]
    assert all_of(file, "PRAGMA foreign_key_check") == []
    links = {(row[3], row[2]) for row in all_of(file, "PRAGMA foreign_key_list(sale)")}
    assert links == {("coop", "coop"), ("member", "member"), ("listing", "listing"), ("replaces", "sale")}
    corrected = (
        "SELECT old.product_name, old.voided, listing.name, member.name FROM sale JOIN sale AS old ON old.id ="
        " sale.replaces JOIN listing ON listing.id = sale.listing JOIN member ON member.id = sale.member"
        " WHERE sale.counts = 1 AND sale.sold_on = '2026-08-03'"
    )
    assert all_of(file, corrected) == [("Chè Shan", 1, "Chè Shan tuyết", "Giàng A Páo")]
    [[text]] = all_of(file, "SELECT json FROM metadata")
    [[name, told]] = json.loads(text)["databases"].items()
    tables = told["tables"]
    assert name.startswith("cho-phien-data-"), "as Datasette calls the file"
    there = {name for [name] in all_of(file, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in there if "_fts" not in name} - {"sqlite_stat1"} == set(tables)
    for name, told in tables.items():
        columns = {row[1] for row in all_of(file, f"PRAGMA table_info({name})")}
        assert columns >= {*told.get("columns", ()), *filter(None, [told.get("label_column")])}


def test_every_link_is_indexed_for_whoever_follows_it_back(file: sqlite3.Connection) -> None:
    for [table] in all_of(file, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'"):
        indexes = [row[1] for row in all_of(file, f"PRAGMA index_list({table})")]
        first = {all_of(file, f"PRAGMA index_info({index})")[0][2] for index in indexes}
        assert first >= {row[3] for row in all_of(file, f"PRAGMA foreign_key_list({table})")}, table


def test_money_stands_in_the_file_as_it_was_settled_and_made_public(file: sqlite3.Connection) -> None:
    statement = (
        "SELECT season.name, closed, member.name, with_coop_vnd, owed_vnd FROM statement"
        " JOIN season ON season.id = statement.season JOIN member ON member.id = statement.member"
    )
    assert all_of(file, statement) == [("Vụ hè", 1, "Giàng A Páo", 625_000, 625_000)]
    assert all_of(file, "SELECT kind, amount_vnd, voided FROM payment") == [("advance", 100_000, 0)]
    month = (
        "SELECT month, summary.sales, sold_vnd, product_name, quantity, summary_goods.total_vnd FROM summary"
        " JOIN summary_goods ON summary_goods.summary = summary.id"
    )
    assert all_of(file, month) == [("2026-08-01", 1, 625_000, "Chè Shan tuyết", 2.5, 625_000)]


def test_what_was_asked_and_decided_is_in_the_file_with_both_sides(file: sqlite3.Connection) -> None:
    decided = (
        "SELECT kind, status, entity, action, decided_by, note, written_by, review_side.value LIKE '%-1%' FROM review"
        " JOIN review_side ON review_side.review = review.id WHERE kind = 'rejected'"
    )
    assert all_of(file, decided) == [
        ("rejected", "resolved", "sale", "dismiss", "Giàng manager", "gọi •••", "Giàng member", 1)
    ]
    [[recorded, arrived]] = all_of(file, "SELECT recorded_at, arrived_at FROM review_side WHERE written_by IS NOT NULL")
    assert recorded <= arrived
    oversold = "SELECT review.status, listing.name FROM review JOIN listing ON listing.id = review.listing"
    assert all_of(file, oversold) == [("open", "Chè Shan tuyết")]


def test_the_board_and_what_members_need_are_in_the_file(file: sqlite3.Connection) -> None:
    told = (
        "SELECT need.kind, text, answer, need.withdrawn, member.name FROM need JOIN member ON member.id = need.member"
    )
    assert all_of(file, told) == [("transport", "Đường lở, gọi •••", None, 0, "Giàng A Páo")]
    assert all_of(file, "SELECT title, told_by, starts_on FROM notice") == [("Tập huấn", "coop", "2026-12-01")]
    assert all_of(file, "SELECT product_name, usual_vnd, source FROM price") == [("Chè Shan tuyết", 350_000, "staff")]
    assert all_of(file, "SELECT name, rule FROM market") == [("Chợ lùi Sà Phìn", "zodiac:5,11")]


def test_texts_are_found_with_and_without_their_marks(file: sqlite3.Connection) -> None:
    for table, words in {
        "sale": ("che shan tuyet", "TUYẾT", "tuyết"),
        "member": ("giang pao", "Giàng", "ma lung"),
        "need": ("duong lo", "Đường", "đường lở"),
        "notice": ("tap huan",),
        "price": ("che tinh",),
        "market": ("cho lui", "Sà Phìn"),
    }.items():
        for word in words:
            assert len(list(Database(file)[table].search(word))) == 1, (table, word)


def test_the_file_tells_private_things_only_where_an_admin_names_them(season: Flask, content: bytes) -> None:
    admin = sign_in(season, "admin")
    for plain in (content, exported(sign_in(season, "manager"), "data", "sqlite")):
        for private in (BUYER, "buyer_name", NUMBER, "Mông", "ethnic_group", "0900000011"):
            assert private.encode() not in plain, private
    asked = exported(admin, "data", "sqlite", private=["buyer_name", "phone", "ethnic_group"])
    for private in (BUYER, "buyer_name", NUMBER, "Mông", "0900000011"):
        assert private.encode() in asked, private
    entry = next(entry for entry in admin.items("/audit") if entry["action"] == "exports.data")
    assert entry["details"]["private"] == ["buyer_name", "ethnic_group", "phone"]


def test_another_cooperatives_manager_gets_a_file_without_anybodys_rows(season: Flask, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(exported(sign_in(season, "other_manager"), "data", "sqlite"))
    with closing(sqlite3.connect(path)) as file:
        for table in ("sale", "payment", "season", "statement", "summary", "need", "notice", "review", "review_side"):
            assert Database(file)[table].count == 0
