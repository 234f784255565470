"""Money: exact, of one currency, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.shared_kernel.currencies import UnknownCurrencyError, minor_unit
from components.shared_kernel.money import (
    AmountTooLargeError,
    InexactAmountError,
    MixedCurrenciesError,
    Money,
    fit_for_a_line,
)

amounts = st.builds(
    lambda coins, currency: Money(coins * minor_unit(currency), currency),
    st.integers(-(10**14), 10**14),
    st.sampled_from(["EUR", "JPY", "KWD"]),
)
weights = st.lists(st.integers(0, 1000), min_size=1, max_size=20).filter(any)


def euro(amount: str) -> Money:
    return Money.of(amount, "EUR")


class TestAmount:
    @pytest.mark.parametrize(
        ("currency", "digits"), [("EUR", "12.00"), ("JPY", "12"), ("KWD", "12.000")]
    )
    def test_has_the_digits_of_its_currency(self, currency: str, digits: str) -> None:
        assert str(Money.of(12, currency).amount) == digits

    def test_loses_the_zeros_that_a_database_adds(self) -> None:
        assert str(Money(Decimal("12.5000"), "EUR").amount) == "12.50"

    def test_refuses_a_fraction_of_a_cent(self) -> None:
        with pytest.raises(InexactAmountError) as refused:
            euro("0.005")

        assert str(refused.value) == (
            "0.005 is no exact amount of EUR, whose smallest unit is 0.01. "
            "Say how to round it: Money.rounded('0.005', 'EUR') rounds halves up."
        )
        assert refused.value.amount == Decimal("0.005")

    @pytest.mark.parametrize("amount", ["NaN", "Infinity"])
    def test_refuses_what_is_no_finite_number(self, amount: str) -> None:
        with pytest.raises(InexactAmountError):
            euro(amount)

    def test_refuses_a_float(self) -> None:
        with pytest.raises(TypeError) as refused:
            Money(0.1, "EUR")  # type: ignore[arg-type]

        assert str(refused.value) == ("An amount of money is a Decimal, and 0.1 is of type float.")

    @pytest.mark.parametrize("currency", ["eur", "EURO", "", "XXX"])
    def test_refuses_what_is_no_currency(self, currency: str) -> None:
        with pytest.raises(UnknownCurrencyError) as refused:
            Money.of(1, currency)

        assert str(refused.value) == (
            f"{currency!r} is no currency. Write its code of ISO 4217 in capitals, such as EUR."
        )

    @pytest.mark.parametrize(
        ("largest", "currency"),
        [("9999999999999.99", "EUR"), ("999999999999999", "JPY"), ("999999999999.999", "KWD")],
    )
    def test_has_fifteen_digits_at_most(self, largest: str, currency: str) -> None:
        money = Money.of(largest, currency)

        with pytest.raises(AmountTooLargeError):
            money + Money(minor_unit(currency), currency)

    def test_says_how_large_it_may_be(self) -> None:
        with pytest.raises(AmountTooLargeError) as refused:
            euro("-1e13")

        assert str(refused.value) == (
            "-10,000,000,000,000.00 EUR is too large; amounts stay below "
            "10,000,000,000,000.00 EUR. Check the figure, or divide it."
        )

    def test_is_smaller_in_one_line_of_a_document(self) -> None:
        assert fit_for_a_line(euro("9999999999.99")) == euro("9999999999.99")

        with pytest.raises(AmountTooLargeError) as refused:
            fit_for_a_line(euro("10000000000"))

        assert refused.value.limit == 10**10

    def test_has_no_negative_zero(self) -> None:
        assert str(-euro("0.00")) == "0.00 EUR"

    def test_reads_as_a_person_writes_it(self) -> None:
        assert str(euro("-1234567.8")) == "-1,234,567.80 EUR"

    def test_can_be_kept_on_one_line(self) -> None:
        assert euro("-1200").unbroken == "\N{MINUS SIGN}1,200.00\N{NO-BREAK SPACE}EUR"


class TestArithmetic:
    def test_adds_and_subtracts_exactly(self) -> None:
        assert euro("0.10") + euro("0.20") == euro("0.30")
        assert euro("0.10") - euro("0.20") == euro("-0.10")

    @pytest.mark.parametrize("operation", ["__add__", "__sub__", "__lt__", "__ge__"])
    def test_refuses_to_mix_currencies(self, operation: str) -> None:
        with pytest.raises(MixedCurrenciesError) as refused:
            getattr(euro("1"), operation)(Money.of(1, "USD"))

        assert str(refused.value) == (
            "EUR and USD can't be added or compared. Convert one of them first."
        )
        assert refused.value.currencies == ("EUR", "USD")

    def test_differs_from_the_same_amount_in_another_currency(self) -> None:
        assert euro("1") != Money.of(1, "USD")

    def test_is_not_added_to_a_number(self) -> None:
        with pytest.raises(TypeError):
            euro("1") + Decimal(1)  # type: ignore[operator]

    def test_compares(self) -> None:
        assert euro("1") < euro("1.01") <= euro("1.01")
        assert max(euro("2"), euro("10")) == euro("10")

    def test_sums_a_list(self) -> None:
        assert Money.sum([euro("1.10"), euro("2.20")], "EUR") == euro("3.30")

    def test_sums_an_empty_list_to_zero_of_the_currency(self) -> None:
        assert Money.sum([], "JPY") == Money.zero("JPY")

    def test_refuses_to_sum_another_currency(self) -> None:
        with pytest.raises(MixedCurrenciesError):
            Money.sum([euro("1"), Money.of(1, "USD")], "EUR")

    def test_knows_its_sign(self) -> None:
        assert euro("0").is_zero
        assert euro("-0.01").is_negative
        assert euro("0.01").is_positive


class TestRounding:
    @pytest.mark.parametrize(
        ("exact", "rounded"),
        [("0.005", "0.01"), ("0.015", "0.02"), ("0.025", "0.03"), ("-0.005", "-0.01")],
    )
    def test_takes_halves_up_away_from_zero(self, exact: str, rounded: str) -> None:
        assert Money.rounded(exact, "EUR") == euro(rounded)

    def test_rounds_to_the_unit_of_the_currency(self) -> None:
        assert Money.rounded("0.5", "JPY") == Money.of(1, "JPY")
        assert Money.rounded("0.0005", "KWD") == Money.of("0.001", "KWD")

    def test_rounds_a_product(self) -> None:
        assert euro("0.99").times(Decimal("1.5")) == euro("1.49")

    @pytest.mark.parametrize(
        "compute",
        [euro("1").times, euro("1").percent, partial(Money.rounded, currency="EUR")],
        ids=["times", "percent", "rounded"],
    )
    def test_refuses_a_float(self, compute: Callable[[Any], Money]) -> None:
        with pytest.raises(TypeError) as refused:
            compute(1.1)

        assert str(refused.value) == (
            "Money is computed with a Decimal or an int, and 1.1 is a float."
        )

    def test_rounds_a_percentage(self) -> None:
        assert euro("99.90").percent(5) == euro("5.00")
        assert euro("10.00").percent(Decimal("2.25")) == euro("0.23")


class TestAllocation:
    def test_splits_a_hundred_in_three(self) -> None:
        assert euro("100").split(3) == (euro("33.34"), euro("33.33"), euro("33.33"))

    def test_gives_the_rest_to_those_that_lost_most(self) -> None:
        assert euro("0.10").allocate([1, 2, 3]) == (euro("0.02"), euro("0.03"), euro("0.05"))

    def test_gives_nothing_to_a_weight_of_zero(self) -> None:
        assert euro("0.05").allocate([0, 1]) == (euro("0.00"), euro("0.05"))

    def test_splits_a_debt_as_it_splits_an_asset(self) -> None:
        assert euro("-0.05").split(2) == (euro("-0.03"), euro("-0.02"))

    @pytest.mark.parametrize(
        ("given", "told"), [([], "none"), ([0, 0], "0, 0"), ([2, -1], "2, -1")]
    )
    def test_refuses_weights_that_share_nothing(self, given: list[int], told: str) -> None:
        with pytest.raises(ValueError, match="Weights") as refused:
            euro("1").allocate(given)

        assert str(refused.value) == f"Weights are at least 0 and not all 0, and these are: {told}."

    @given(amounts, weights)
    def test_loses_and_invents_nothing(self, money: Money, weights: list[int]) -> None:
        parts = money.allocate(weights)

        assert Money.sum(parts, money.currency) == money

    @given(amounts, weights)
    def test_is_off_by_less_than_one_unit(self, money: Money, weights: list[int]) -> None:
        parts = money.allocate(weights)

        unit = minor_unit(money.currency)
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part.amount - money.amount * weight / sum(weights)) < unit
