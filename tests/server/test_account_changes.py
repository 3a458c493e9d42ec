"""Whatever becomes of an account: recording goes on, nothing unsent is dropped, nobody sees another's."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import delete

from server.accounts import Account
from server.database import writing
from tests.conftest import People
from tests.protocol.client import Phone
from tests.protocol.goods import listing, problem, reviews
from tests.server.phones import change, decide, new_phone, outcomes, sell, sign_in, sign_in_again


def test_a_disabled_account_goes_on_recording_and_the_manager_decides(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    sent = sell(member)
    member.sync()
    before = sell(member)
    change(app, people.member, status="disabled")
    member.take_tokens(member.refresh().json())
    during = sell(member)
    held = member.post(member.unsent()).json()
    assert [receipt["outcome"] for receipt in held["receipts"]] == ["held", "held"]
    assert held["changes"] == []
    member.store(held)
    assert member.shows(sent), "what it had, it keeps"
    assert {before["at"], during["at"]} <= {mutation["at"] for mutation in member.outbox}
    problem(member.request("GET", "/sales"), 403, "forbidden")
    problem(sign_in_again(new_phone(app), "member"), 403, "forbidden")
    assert not manager.sync().shows(before)
    decide(manager, before, "accept")
    decide(manager, during, "refuse")
    told = member.post().json()
    assert [receipt["outcome"] for receipt in told["receipts"]] == ["applied", "rejected"]
    assert told["changes"] == []
    change(app, people.member, status="active")
    after = sell(member)
    member.sync()
    assert outcomes(member, before, during, after) == ["applied", "rejected", "applied"]
    assert member.checked
    manager.sync()
    assert [manager.shows(one) for one in (before, during, after)] == [True, False, True]


def test_an_account_moved_with_unsent_data_leaves_it_where_it_was_recorded(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    other_manager = sign_in(app, "other_manager").sync()
    unsent = sell(member, buyer_name="chị Mỷ")
    change(app, people.member, coop_id=people.other_coop)
    new = new_phone(app)
    new.replica = member.replica
    new.take_tokens(sign_in_again(new, "member").json())
    assert new.replica != member.replica
    there = sell(new)
    new.sync()
    assert new.checked
    assert {id for _, id in new.rows} == {there["id"]}, "nothing of the co-operative before"
    member.sync()
    assert outcomes(member, unsent) == ["held"]
    assert len(reviews(manager, "held", unsent)) == 1
    assert reviews(other_manager, "held", unsent) == []
    assert "chị Mỷ" not in str(other_manager.items("/reviews")) + str(other_manager.sync().rows)
    decide(manager, unsent, "accept")
    member.sync()
    assert outcomes(member, unsent) == ["applied"]
    assert not member.shows(unsent), "it may not read there any more"
    assert manager.sync().shows(unsent)
    assert not new.sync().shows(unsent)


def test_a_role_elsewhere_gives_no_right_where_data_was_recorded(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    shop = manager.record("listing", listing(None))
    manager.sync()
    own = member.sync().record("listing", listing(member.member_id))
    price = member.record("listing", {"price_vnd": 1}, shop["id"])
    approval = member.record("listing", {"approval": "approved"}, own["id"])
    change(app, people.member, role="manager", coop_id=people.other_coop)
    member.sync()
    for mutation, outcome in ((own, "applied"), (price, "rejected"), (approval, "rejected")):
        decide(manager, mutation, "accept")
        member.sync()
        assert outcomes(member, mutation) == [outcome]


def test_an_account_given_back_takes_its_phone_up_again(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    here = sell(member)
    member.sync()
    change(app, people.member, coop_id=people.other_coop)
    away = new_phone(app)
    away.replica = member.replica
    away.take_tokens(sign_in_again(away, "member").json())
    away.sync()
    unsent_here, unsent_there = sell(member), sell(away)
    change(app, people.member, coop_id=people.coop)
    back = sign_in_again(member, "member").json()
    assert back["replica"] == member.replica
    member.take_tokens(back)
    member.sync()
    assert outcomes(member, unsent_here) == ["applied"]
    assert {id for entity, id in member.rows if entity == "sale"} == {here["id"], unsent_here["id"]}
    away.sync()
    assert outcomes(away, unsent_there) == ["held"]
    other_manager = sign_in(app, "other_manager").sync()
    decide(other_manager, unsent_there, "accept")
    assert other_manager.sync().shows(unsent_there)
    assert not manager.sync().shows(unsent_there)


def test_another_role_takes_effect_with_the_next_sync(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    neighbour = sign_in(app, "neighbour").sync()
    theirs = neighbour.record("listing", listing(neighbour.member_id))
    neighbour.sync()
    change(app, people.member, role="manager")
    member.sync()
    changed = member.record("listing", {"price_vnd": 7}, theirs["id"])
    member.sync()
    assert outcomes(member, changed) == ["applied"]
    late = member.record("listing", {"price_vnd": 8}, theirs["id"])
    change(app, people.member, role="member")
    member.sync()
    assert outcomes(member, late) == ["rejected"]
    assert late in member.outbox
    assert member.checked
    change(app, people.member, role="admin")
    unsent = sell(member)
    member.sync()
    assert outcomes(member, unsent) == ["held"]
    change(app, people.member, role="member", coop_id=people.coop)
    decide(manager, unsent, "accept")
    member.sync()
    assert outcomes(member, unsent) == ["applied"]


def test_an_account_that_a_restored_server_lost_is_held_until_it_is_there_again(
    app: Flask, member: Phone, manager: Phone, people: People
) -> None:
    unsent = sell(member)
    with app.app_context(), writing() as session:
        session.execute(delete(Account).where(Account.id == people.member))
    member.sync()
    assert outcomes(member, unsent) == ["held"]
    decide(manager, unsent, "accept")
    assert manager.sync().shows(unsent)
