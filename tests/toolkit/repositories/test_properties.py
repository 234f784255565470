"""What holds for every aggregate, and for every sequence of edits."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkhead.transactions import database_of, transactional
from tests.toolkit.yard.stock.db.repositories import ShipmentRepository
from tests.toolkit.yard.stock.domain.pallets import Price
from tests.toolkit.yard.stock.domain.shipments import (
    Box,
    Parcel,
    Seal,
    Shipment,
    Size,
    Stop,
    Urgency,
)

pytestmark = pytest.mark.component("stock")

some_examples = settings(max_examples=40, deadline=None, database=None)

letters = st.characters(codec="utf-8", exclude_characters="\0")
words = st.text(letters, max_size=10)
numbers = st.integers(min_value=-(2**31), max_value=2**31 - 1)
amounts = st.decimals(min_value=0, max_value=10**9, places=2)
currencies = st.sampled_from(["EUR", "USD"])
json_values = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)
seals = st.builds(Seal, id=st.none(), code=words)
parcels = st.builds(Parcel, id=st.none(), name=words, seals=st.lists(seals, max_size=3))
stops = st.lists(st.builds(Stop, words, st.none() | st.dates()), max_size=3).map(tuple)
values = {
    "sent_on": st.none() | st.dates(),
    "checked": st.booleans(),
    "urgency": st.none() | st.sampled_from(Urgency),
    "facts": st.dictionaries(words, json_values, max_size=3),
    "tags": st.lists(words, max_size=3).map(tuple),
    "kilograms": st.decimals(min_value=0, max_value=10**6, places=3),
    "box": st.none()
    | st.builds(Box, material=words, size=st.builds(Size, width=numbers, height=numbers)),
    "stops": stops,
}


@st.composite
def shipments(draw: st.DrawFn) -> Shipment:
    fee, insured = draw(prices)
    shipment = Shipment(fee=fee, insured=insured, parcels=draw(st.lists(parcels, max_size=3)))
    for name, strategy in values.items():
        setattr(shipment, name, draw(strategy))
    return shipment


@st.composite
def _prices(draw: st.DrawFn) -> tuple[Price, Price | None]:
    """Draw two prices that share a currency, as they share its column."""
    currency, fee, insured = draw(st.tuples(currencies, amounts, st.none() | amounts))
    return (
        Price(amount=fee, currency=currency),
        None if insured is None else Price(amount=insured, currency=currency),
    )


prices = _prices()


@dataclass(frozen=True)
class Edit:
    """A change of a shipment, printed so that a failing example can be read."""

    name: str
    apply: Callable[[Shipment], None]
    values: tuple[Any, ...]

    def __repr__(self) -> str:
        return f"{self.name}{self.values!r}"


def set_value(shipment: Shipment, name: str, value: Any) -> None:
    setattr(shipment, name, copy.deepcopy(value))


def set_prices(shipment: Shipment, both: tuple[Price, Price | None]) -> None:
    shipment.fee, shipment.insured = both


def add_parcel(shipment: Shipment, at: int, parcel: Parcel) -> None:
    shipment.parcels.insert(at, copy.deepcopy(parcel))


def drop_parcel(shipment: Shipment, at: int) -> None:
    del shipment.parcels[at : at + 1]


def move_parcel(shipment: Shipment, source: int, target: int) -> None:
    for parcel in shipment.parcels[source : source + 1]:
        shipment.parcels.remove(parcel)
        shipment.parcels.insert(target, parcel)


def rename_parcel(shipment: Shipment, at: int, name: str) -> None:
    for parcel in shipment.parcels[at : at + 1]:
        parcel.name = name


def add_seal(shipment: Shipment, parcel: int, at: int, seal: Seal) -> None:
    for found in shipment.parcels[parcel : parcel + 1]:
        found.seals.insert(at, seal)


def recode_seal(shipment: Shipment, parcel: int, code: str) -> None:
    for found in shipment.parcels[parcel : parcel + 1]:
        found.seals[:1] = [replace(seal, code=code) for seal in found.seals[:1]]


def move_seal(shipment: Shipment, source: int, target: int) -> None:
    """Move the first seal of a parcel to the end of another's."""
    if max(source, target) < len(shipment.parcels):
        moved = shipment.parcels[source].seals[:1]
        del shipment.parcels[source].seals[:1]
        shipment.parcels[target].seals += moved


places = st.integers(min_value=0, max_value=2)
edits = st.one_of(
    *(
        st.builds(Edit, st.just(function.__name__), st.just(function), st.tuples(*drawn))
        for function, drawn in (
            *((set_value, (st.just(name), strategy)) for name, strategy in values.items()),
            (set_prices, (prices,)),
            (add_parcel, (places, parcels)),
            (drop_parcel, (places,)),
            (move_parcel, (places, places)),
            (rename_parcel, (places, words)),
            (add_seal, (places, places, seals)),
            (recode_seal, (places, words)),
            (move_seal, (places, places)),
        )
    )
)


@dataclass(frozen=True)
class Block:
    """A block of a transaction: edits with a save after them, and the blocks inside."""

    edits: list[Edit]
    inner: list[Block]
    rolls_back: bool


no_blocks: st.SearchStrategy[list[Block]] = st.just([])
blocks = st.recursive(
    st.builds(Block, st.lists(edits, max_size=3), no_blocks, st.booleans()),
    lambda inner: st.builds(
        Block, st.lists(edits, max_size=3), st.lists(inner, max_size=3), st.booleans()
    ),
    max_leaves=4,
)


class UndoneError(Exception):
    pass


def change(shipment: Shipment, found: list[Edit]) -> None:
    for edit in found:
        edit.apply(shipment, *edit.values)


def from_database(shipment: Shipment) -> Shipment:
    assert shipment.id is not None
    return ShipmentRepository().get(shipment.id)


def as_json(shipment: Shipment) -> str:
    return json.dumps(shipment.facts, sort_keys=True)


class TestEveryAggregate:
    @some_examples
    @given(shipment=shipments())
    def test_is_loaded_as_it_was_stored(self, shipment: Shipment) -> None:
        ShipmentRepository().add(shipment)

        found = from_database(shipment)

        assert found == shipment
        assert as_json(found) == as_json(shipment)

    @some_examples
    @given(shipment=shipments())
    def test_is_not_written_where_nothing_changed(self, shipment: Shipment) -> None:
        ShipmentRepository().add(shipment)

        with (
            CaptureQueriesContext(connections[database_of("stock")]) as queries,
            transactional("stock"),
        ):
            ShipmentRepository().save(from_database(shipment))

        verbs = {query["sql"].split()[0] for query in queries}
        assert not verbs & {"INSERT", "UPDATE", "DELETE"}


class TestEverySequenceOfEdits:
    @some_examples
    @given(shipment=shipments(), saves=st.lists(st.lists(edits, max_size=4), max_size=4))
    def test_each_save_in_a_transaction_of_its_own(
        self, shipment: Shipment, saves: list[list[Edit]]
    ) -> None:
        ShipmentRepository().add(shipment)

        for found in saves:
            change(shipment, found)
            ShipmentRepository().save(shipment)

            assert from_database(shipment) == shipment
            assert as_json(from_database(shipment)) == as_json(shipment)

    @some_examples
    @given(shipment=shipments(), saves=st.lists(st.lists(edits, max_size=4), max_size=4))
    def test_all_saves_in_one_transaction(
        self, shipment: Shipment, saves: list[list[Edit]]
    ) -> None:
        ShipmentRepository().add(shipment)

        with transactional("stock"):
            held = from_database(shipment)
            for found in saves:
                change(held, found)
                ShipmentRepository().save(held)

        assert from_database(shipment) == held

    @some_examples
    @given(shipment=shipments(), outer=st.lists(blocks, max_size=3))
    def test_what_is_rolled_back_leaves_no_trace(
        self, shipment: Shipment, outer: list[Block]
    ) -> None:
        ShipmentRepository().add(shipment)

        with transactional("stock"):
            held = from_database(shipment)
            stored = copy.deepcopy(held)
            for block in outer:
                stored = self.stored_after(block, held, stored)
        found = from_database(shipment)

        assert found == stored
        assert as_json(found) == as_json(stored)
        assert ShipmentRepository().save(held) == from_database(shipment)

    def stored_after(self, block: Block, held: Shipment, before: Shipment) -> Shipment:
        """Run a block, and return what is to be stored after it."""
        with suppress(UndoneError), transactional("stock"):
            change(held, block.edits)
            stored = copy.deepcopy(ShipmentRepository().save(held))
            for inner in block.inner:
                stored = self.stored_after(inner, held, stored)
            if block.rolls_back:
                raise UndoneError
            return stored
        return before
