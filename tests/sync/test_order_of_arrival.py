"""Whatever the order of arrival, however often, through whichever phone: the same rows, and everybody agrees."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sync.village import DAY_MS, Phone, Village

SEEDS = st.integers(0, 2**32)
PRICES = st.integers(1, 5)


def season(village: Village, steps: list[tuple[int, int, int]]) -> tuple[list[Phone], list[tuple[Phone, Any]]]:
    """Phones that edit one listing, sync now and then, with clocks years off; their mutations in order of recording."""
    phones = [village.phone() for _ in range(2)] + [village.manager()]
    phones[1].author = phones[0].author.__class__(phones[1].author.replica, phones[0].account, "member")
    phones[1].drift_ms, phones[2].drift_ms = -900 * DAY_MS, 400 * DAY_MS
    listing = phones[0].list_goods()["id"]
    recorded = [(phones[0], phones[0].replica.outbox[-1].mutation)]
    for who, price, syncs in steps:
        phone = phones[who % 3]
        village.now_ms += 1000
        if phone.sees("listing", listing).complete or syncs == 1:
            recorded.append((phone, phone.record("listing", {"price_vnd": price}, listing)))
        if syncs:
            phone.sync()
    return phones, recorded


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.lists(st.tuples(st.integers(0, 2), PRICES, st.integers(0, 2)), max_size=12), st.randoms())
def test_given_their_effective_stamps_writes_give_the_same_row_in_any_order(
    seed: int, steps: list[tuple[int, int, int]], chance: Any
) -> None:
    village = Village(seed)
    phones, recorded = season(village, steps)
    for phone in phones:
        phone.sync()
    sent = [
        (phone, mutation | {"eff": village.store.log[mutation["at"]].eff})
        for phone, mutation in recorded
        if mutation["at"] in village.store.log
    ]
    chance.shuffle(sent)
    other = Village(seed, now_ms=village.now_ms)
    for phone, mutation in sent:
        other.answer(phone.author, {"cursor": None, "limit": 1, "mutations": [mutation]})
    rows = [(row.fields, row.stamps) for row in village.store.rows.values()]
    assert [(row.fields, row.stamps) for row in other.store.rows.values()] == rows


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.lists(st.tuples(st.integers(0, 2), PRICES, st.integers(0, 2)), max_size=12))
def test_after_everybody_synced_twice_all_agree_with_the_server(seed: int, steps: list[tuple[int, int, int]]) -> None:
    village = Village(seed)
    phones, _ = season(village, steps)
    for phone in phones * 2:
        phone.sync()
    rows = {tuple(sorted(phone.sees("listing", id).fields.items())) for phone in phones for id in _listings(village)}
    assert len(rows) == 1
    assert all(phone.replica.checked for phone in phones)
    assert all(not pending.laid_over for phone in phones for pending in phone.replica.outbox)


def _listings(village: Village) -> list[str]:
    return [row.id for row in village.store.rows.values() if row.entity == "listing"]


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.lists(st.integers(0, 20), max_size=40))
def test_any_replay_of_any_part_changes_nothing(seed: int, replays: list[int]) -> None:
    village = Village(seed)
    phones, recorded = season(village, [(n, n % 5 + 1, n % 3) for n in range(8)])
    for phone in phones:
        phone.sync()
    seq, digest = village.store.state.seq, dict(village.store.digests)
    for number in replays:
        phone, mutation = recorded[number % len(recorded)]
        [receipt] = phone.receipts([mutation])
        assert receipt["seq"] <= seq
    assert (village.store.state.seq, village.store.digests) == (seq, digest)
