"""The list of places and the co-operatives in them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from server.coops import clean_tax_code
from server.places.loading import SHIPPED
from server.problems import InvalidError
from tests.conftest import Command, People, SignIn, assert_problem
from tests.server.test_people import Staff

TAX_CODE = "0100109106"


@pytest.fixture
def admin(client: FlaskClient, sign_in: SignIn) -> Staff:
    return Staff(client, sign_in("admin"))


def names(admin: Staff, text: str) -> list[str]:
    return [f"{item['name']}, {item['province_name']}" for item in admin.items(f"/places?q={text}")]


def test_every_province_and_commune_in_force_is_there() -> None:
    rows = SHIPPED.read_text().splitlines()[1:]
    assert sum(row.endswith(",") for row in rows) == 34
    assert sum(not row.endswith(",") for row in rows) == 3321


def test_a_commune_is_found_without_accents_with_or_without_its_kind(admin: Staff) -> None:
    assert names(admin, "dong+van")[:2] == ["Phường Đồng Văn, Ninh Bình", "Xã Đồng Văn, Tuyên Quang"]
    assert names(admin, "xã+đồng+văn+tuyen")[0] == "Xã Đồng Văn, Tuyên Quang"
    assert names(admin, "00721") == ["Xã Đồng Văn, Tuyên Quang"]
    assert names(admin, "không-đâu-cả") == []


def test_communes_of_one_name_are_told_apart_by_their_province(admin: Staff) -> None:
    found = [one for one in names(admin, "tan+hung") if one.startswith(("Xã Tân Hưng,", "Phường Tân Hưng,"))]
    assert len(found) > 1
    assert len(found) == len(set(found))


def test_an_admin_makes_and_edits_a_co_operative(admin: Staff) -> None:
    made = admin.ask(
        "POST",
        "/coops",
        name="THT Lũng Lú",
        kind="group",
        commune_code="00721",
        tax_code=f" {TAX_CODE[:4]} {TAX_CODE[4:]}",
    )
    assert made.status_code == 201, made.text
    assert (made.json["commune_name"], made.json["province_name"]) == ("Xã Đồng Văn", "Tuyên Quang")
    assert made.json["tax_code"] == TAX_CODE
    changed = admin.ask("PATCH", f"/coops/{made.json['id']}", kind="cooperative", commune_code="02839", tax_code="")
    assert (changed.json["kind"], changed.json["province_name"], changed.json["tax_code"]) == (
        "cooperative",
        "Lào Cai",
        None,
    )
    [listed] = [item for item in admin.items("/coops") if item["id"] == made.json["id"]]
    assert (listed["kind"], listed["tax_code"], listed["commune_code"]) == ("cooperative", None, "02839")
    assert [entry["action"] for entry in admin.items(f"/audit?subject={made.json['id']}")] == [
        "coops.change",
        "coops.create",
    ]


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"commune_code": "99999"}, {"commune_code": ["unknown"]}),
        ({"commune_code": "08"}, {"commune_code": ["unknown"]}),
        ({"kind": "club"}, {"kind": ["unknown"]}),
        ({"tax_code": "12345"}, {"tax_code": ["invalid"]}),
        ({"tax_code": "0100109107"}, {"tax_code": ["check_digit"]}),
    ],
)
def test_what_is_wrong_with_a_co_operative_is_told_by_field(
    admin: Staff, people: People, given: dict[str, str], errors: dict[str, list[str]]
) -> None:
    refused = admin.ask("PATCH", f"/coops/{people.coop}", **given)
    assert assert_problem(refused, 422, "invalid")["errors"] == errors


def test_two_co_operatives_do_not_share_a_tax_code(admin: Staff, people: People) -> None:
    assert admin.ask("PATCH", f"/coops/{people.coop}", tax_code=TAX_CODE).status_code == 200
    assert admin.ask("PATCH", f"/coops/{people.coop}", tax_code=TAX_CODE).status_code == 200
    refused = admin.ask("PATCH", f"/coops/{people.other_coop}", tax_code=TAX_CODE)
    assert assert_problem(refused, 422, "invalid")["errors"] == {"tax_code": ["taken"]}


def test_a_branch_has_three_more_digits() -> None:
    assert clean_tax_code(f"{TAX_CODE}001") == clean_tax_code(f"{TAX_CODE}-001") == f"{TAX_CODE}-001"
    with pytest.raises(InvalidError):
        clean_tax_code(f"{TAX_CODE}-000")


def test_a_manager_neither_edits_co_operatives_nor_loads_places(
    client: FlaskClient, sign_in: SignIn, people: People
) -> None:
    manager = Staff(client, sign_in("manager"))
    for method, path in (("POST", "/coops"), ("PATCH", f"/coops/{people.coop}"), ("POST", "/places/load")):
        assert_problem(manager.ask(method, path, name="X"), 403, "forbidden")


def newer_list() -> str:
    """A year later: Đồng Văn has another name, Bắc Hà is gone, a new commune has come."""
    rows = SHIPPED.read_text().replace("00721,Xã Đồng Văn,08", "00721,Phường Đồng Văn,08").splitlines()
    return "\n".join([row for row in rows if not row.startswith("02839,")] + ["99001,Xã Lũng Lú,08"])


def test_a_newer_list_is_shown_before_it_is_loaded_and_old_codes_stay(admin: Staff) -> None:
    coop = admin.ask("POST", "/coops", name="HTX Mận Trắng", kind="cooperative", commune_code="02839").json
    shown = admin.ask("POST", "/places/preview", csv=newer_list()).json
    assert (shown["provinces"], shown["communes"]) == (34, 3321)
    assert shown["added"] == [{"code": "99001", "name": "Xã Lũng Lú"}]
    assert shown["changed"] == [{"code": "00721", "name": "Phường Đồng Văn", "was": "Xã Đồng Văn"}]
    assert shown["retired"] == [{"code": "02839", "name": "Xã Bắc Hà"}]
    assert shown["homeless"] == [{"code": "02839", "name": "HTX Mận Trắng"}]
    assert names(admin, "02839"), "a preview changes nothing"
    assert admin.ask("POST", "/places/load", csv=newer_list()).json == shown
    assert names(admin, "02839") == []
    assert names(admin, "lung+lu")[0] == "Xã Lũng Lú, Tuyên Quang"
    kept = admin.ask("PATCH", f"/coops/{coop['id']}", name="HTX Mận", commune_code="02839")
    assert (kept.status_code, kept.json["commune_name"]) == (200, "Xã Bắc Hà")
    again = admin.ask("POST", "/places/preview", csv=newer_list()).json
    assert (again["added"], again["changed"], again["retired"]) == ([], [], [])


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("", {"1": ["columns"]}),
        ("code,name\n01,X", {"1": ["columns"]}),
        ("code,name,province_code\n01,X,\n00001,Y,01\n00001,Z,01", {"4": ["twice"]}),
        ("code,name,province_code\n01,X,\n00001,Y,02", {"00001": ["unknown_province"]}),
        ("code,name,province_code\n01,X,\nabc,Y,01", {"3": ["invalid"]}),
        ("code,name,province_code\n01,X,", {"1": ["empty"]}),
        ("code,name,province_code\n01,X\x00,\n00001,\ud800,01", {"2": ["invalid"], "3": ["invalid"]}),
    ],
)
def test_a_list_that_makes_no_sense_changes_nothing(admin: Staff, text: str, errors: dict[str, list[str]]) -> None:
    for path in ("/places/preview", "/places/load"):
        refused = admin.ask("POST", path, csv=text)
        assert assert_problem(refused, 422, "invalid")["errors"] == {"csv": errors}
    assert names(admin, "00721")


def test_the_operator_finds_a_place_and_makes_a_co_operative_in_it(command: Command) -> None:
    environ = {"SECRET_KEY": "s" * 48}
    assert command("flask", "db", "upgrade", **environ).returncode == 0
    found = command("flask", "places", "find", "dong van tuyen", **environ)
    assert "00721  Xã Đồng Văn, Tuyên Quang" in found.stdout, found.stderr
    made = command("flask", "create-coop", "--name", "HTX", "--commune", "00721", **environ)
    assert len(made.stdout.strip()) == 36, made.stderr
    wrong = command("flask", "create-coop", "--name", "HTX", "--commune", "1", **environ)
    assert wrong.stderr.strip().endswith("commune_code: unknown")
    loaded = command("flask", "places", "load", "--dry-run", str(SHIPPED), **environ)
    assert "34 provinces, 3321 communes: 0 added, 0 changed, 0 retired" in loaded.stdout, loaded.stderr
