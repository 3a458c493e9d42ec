"""What goods usually sell for: told when many sell them, and never what one person took."""

import random

import pytest

from server.board.usual import Sold, Usual, rounded, usual


def sold(*prices: int, sellers: int = 4) -> list[Sold]:
    return [Sold(str(number % sellers), price) for number, price in enumerate(prices)]


def test_the_usual_price_is_the_median_and_half_of_all_sales_lie_in_its_range() -> None:
    prices = [100_000, 110_000, 120_000, 130_000, 140_000, 150_000, 160_000, 170_000, 180_000]
    assert usual(sold(*prices)) == Usual(120_000, 140_000, 160_000)


def test_a_missing_zero_moves_no_usual_price() -> None:
    prices = [450_000] * 12 + [45_000, 4_500_000]
    assert usual(sold(*prices)) == Usual(450_000, 450_000, 450_000)


@pytest.mark.parametrize(
    "sales",
    [
        pytest.param([], id="nothing sold"),
        pytest.param(sold(*[100_000] * 7), id="few sales"),
        pytest.param(sold(*[100_000] * 40, sellers=2), id="two sellers"),
        pytest.param([*sold(*[100_000] * 30, sellers=1), Sold("b", 1), Sold("c", 1)], id="one sells nearly all"),
    ],
)
def test_too_few_sellers_have_no_usual_price(sales: list[Sold]) -> None:
    assert usual(sales) is None


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(463_000, 465_000), (38_200, 38_000), (7_340, 7_350), (99_900, 100_000), (12, 12), (0.4, 1), (450_000, 450_000)],
)
def test_figures_are_rounded_so_that_no_single_sale_shows(exact: float, shown: int) -> None:
    assert rounded(exact) == shown


def test_rounding_keeps_low_below_usual_below_high() -> None:
    chance = random.Random(6)
    for _ in range(500):
        found = usual(sold(*(chance.randrange(1, 10 ** chance.randrange(2, 8)) for _ in range(12))))
        assert found is not None
        assert 0 < found.low_vnd <= found.usual_vnd <= found.high_vnd
