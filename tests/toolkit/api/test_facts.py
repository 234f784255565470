"""Which attributes of an error are told to a client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from bulkhead.api.facts import facts_of, is_plain
from tests.toolkit.api.workshop.domain.orders import Order, OrderStatus, Price

ORDER = Order(id=1, number="A-1", status=OrderStatus.OPEN)
PRICE = Price(amount=Decimal("1.10"), currency="EUR")


@dataclass(frozen=True)
class Holder:
    order: Order


class OverdrawnError(Exception):
    __slots__ = ("_clerk", "left", "unset")

    def __init__(self, order: Order, **facts: object) -> None:
        super().__init__("There is not enough left.")
        self.left = 1
        self._clerk = "nobody's business"
        self.order = order
        self.__dict__ |= facts


class TestFactsOf:
    def test_are_the_public_attributes_in_their_order(self) -> None:
        error = OverdrawnError(ORDER, price=PRICE, _secret=1)

        assert facts_of(error) == {"left": 1, "price": PRICE}
        assert list(facts_of(error)) == ["left", "price"]

    def test_leave_out_what_python_keeps_itself(self) -> None:
        error = ValueError("no")
        error.add_note("a note")

        assert facts_of(error) == {}


class TestIsPlain:
    @pytest.mark.parametrize(
        "value",
        [
            None,
            1,
            "a",
            Decimal(1),
            date(2026, 1, 2),
            UUID(int=1),
            OrderStatus.OPEN,
            PRICE,
            [1, "a"],
            (PRICE,),
            {"a": [PRICE]},
            {1, 2},
        ],
    )
    def test_is_true_of_plain_data(self, value: object) -> None:
        assert is_plain(value)

    @pytest.mark.parametrize(
        "value", [ORDER, [ORDER], {"a": ORDER}, Holder(ORDER), object(), ORDER.number.upper]
    )
    def test_is_false_of_what_holds_an_entity(self, value: object) -> None:
        assert not is_plain(value)

    def test_looks_into_any_mapping(self) -> None:
        facts: Mapping[str, object] = {"a": {"b": (object(),)}}

        assert not is_plain(facts)
