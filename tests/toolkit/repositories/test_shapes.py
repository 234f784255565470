from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from bulkhead.repositories import (
    AggregateNotFoundError,
    ForeignAggregateError,
    ForeignPartError,
    RefusedRowError,
    RepeatedPartError,
    SharedColumnError,
    reading,
)
from bulkhead.transactions import database_of, transactional
from tests.toolkit.yard.stock.db.models import (
    PalletRow,
    ParcelRow,
    SealRow,
    ShelfRow,
    ShipmentRow,
    StopRow,
    TicketRow,
)
from tests.toolkit.yard.stock.db.repositories import (
    PalletRepository,
    ShelfRepository,
    ShipmentRepository,
    TicketRepository,
)
from tests.toolkit.yard.stock.domain.pallets import Crate, Pallet, Price
from tests.toolkit.yard.stock.domain.shipments import (
    Box,
    Parcel,
    Seal,
    Shipment,
    Size,
    Stop,
    Ticket,
    TicketId,
    Urgency,
)

pytestmark = pytest.mark.component("stock")


def euros(amount: int) -> Price:
    return Price(amount=Decimal(amount), currency="EUR")


def a_shipment(**fields: Any) -> Shipment:
    return Shipment(**{"fee": euros(9), **fields})


def loaded(shipment: Shipment) -> Shipment:
    assert shipment.id is not None
    return ShipmentRepository().get(shipment.id)


class TestComposites:
    def test_one_that_may_be_missing_shares_the_currency_of_another(self) -> None:
        bare = ShipmentRepository().add(a_shipment())
        insured = ShipmentRepository().add(a_shipment(insured=euros(500)))

        assert loaded(bare) == bare
        assert loaded(insured) == insured
        assert loaded(bare).insured is None

    def test_one_that_goes_missing_leaves_the_shared_currency(self) -> None:
        shipment = ShipmentRepository().add(a_shipment(insured=euros(500)))
        shipment.insured = None

        ShipmentRepository().save(shipment)

        assert loaded(shipment).fee == euros(9)
        assert loaded(shipment).insured is None

    def test_two_that_disagree_on_a_shared_column_are_refused(self) -> None:
        dollars = Price(amount=Decimal(1), currency="USD")

        with pytest.raises(SharedColumnError) as refused:
            ShipmentRepository().add(a_shipment(insured=dollars))

        assert str(refused.value) == (
            "Shipment has two fields that share the column 'currency', with the values 'EUR' and "
            "'USD'. Make them equal, or give each a column of its own."
        )

    def test_one_holds_another(self) -> None:
        box = Box(material="oak", size=Size(width=2, height=3))

        shipment = ShipmentRepository().add(a_shipment(box=box))

        assert loaded(shipment).box == box


class TestJson:
    def test_a_tuple_comes_back_as_one(self) -> None:
        shipment = ShipmentRepository().add(a_shipment(tags=("a", "b")))

        assert loaded(shipment).tags == ("a", "b")

    def test_what_is_changed_inside_is_written(self) -> None:
        shipment = ShipmentRepository().add(a_shipment(facts={"deep": {"list": [1]}}))
        shipment.facts["deep"]["list"].append(2)

        ShipmentRepository().save(shipment)

        assert loaded(shipment).facts == {"deep": {"list": [1, 2]}}

    def test_what_is_changed_inside_is_seen_in_the_transaction_that_loaded_it(self) -> None:
        with transactional("stock"):
            shipment = ShipmentRepository().add(a_shipment(facts={"list": [1]}))
            shipment.facts["list"].append(2)
            ShipmentRepository().save(shipment)
        with transactional("stock"):
            held = loaded(shipment)
            held.facts["list"].append(3)
            ShipmentRepository().save(held)

        assert ShipmentRow.objects.get().facts == {"list": [1, 2, 3]}

    def test_a_number_that_turns_into_a_truth_is_written(self) -> None:
        shipment = ShipmentRepository().add(a_shipment(facts={"paid": 1}))
        shipment.facts = {"paid": True}

        ShipmentRepository().save(shipment)

        assert json.dumps(loaded(shipment).facts) == '{"paid": true}'


class TestFields:
    def test_an_enum_that_no_member_fits_is_a_refused_row(self) -> None:
        shipment = ShipmentRepository().add(a_shipment(urgency=Urgency.HIGH))
        ShipmentRow.objects.update(urgency=3)

        with pytest.raises(RefusedRowError) as refused:
            loaded(shipment)

        assert str(refused.value) == (
            f"The row {shipment.id} of stock_shipmentrow can't become Shipment: ValueError: 3 is "
            "not a valid Urgency. Correct the row, or let the domain accept what is stored."
        )

    def test_one_that_no_caller_gives_is_stored(self) -> None:
        shipment = a_shipment()
        shipment.checked = True

        ShipmentRepository().add(shipment)

        assert loaded(shipment).checked is True

    def test_one_is_stored_in_another_form(self) -> None:
        shipment = ShipmentRepository().add(a_shipment(kilograms=Decimal("1.25")))

        assert ShipmentRow.objects.get().grams == 1250
        assert loaded(shipment).kilograms == Decimal("1.25")

    def test_a_value_object_is_a_key(self) -> None:
        with transactional("stock"):
            ticket = TicketRepository().add(Ticket(id=TicketId("T-1"), holder="me"))
            again = TicketRepository().get(TicketId("T-1"))
            found = TicketRepository().find(TicketId("T-2"))

        assert again is ticket
        assert ticket.id == TicketId("T-1")
        assert found is None

    def test_a_frozen_aggregate_keeps_a_version_that_no_caller_gives(self) -> None:
        ticket = TicketRepository().add(Ticket(id=TicketId("T-1"), holder="me"))
        changed = TicketRepository().get(TicketId("T-1"))
        object.__setattr__(changed, "holder", "you")

        saved = TicketRepository().save(changed)

        assert (ticket.version, saved.version) == (1, 2)
        assert TicketRow.objects.get().holder == "you"


class HeavyPallet(Pallet):
    """A pallet with a rule of its own."""


@dataclass(slots=True, kw_only=True)
class HeavyCrate(Crate):
    tons: int = 2


class TestSubclasses:
    def test_of_the_aggregate_are_refused(self) -> None:
        with pytest.raises(ForeignAggregateError) as refused:
            PalletRepository().add(HeavyPallet(code="P", price=euros(1)))

        assert str(refused.value) == (
            "PalletRepository stores Pallet, and was given HeavyPallet. "
            "Use the repository of HeavyPallet."
        )

    def test_of_a_part_are_refused(self) -> None:
        pallet = Pallet(code="P", price=euros(1), crates=[HeavyCrate(content="a", weight=1)])

        with pytest.raises(ForeignPartError) as refused:
            PalletRepository().add(pallet)

        assert str(refused.value) == (
            "The parts in crates are stored as Crate, and one of them is of class HeavyCrate, "
            "which would come back as Crate. Put Crate there."
        )
        assert not PalletRow.objects.exists()


class TestParts:
    def test_get_the_keys_that_the_database_makes(self) -> None:
        parcel = Parcel(name="a", seals=[Seal(code="x")])

        shipment = ShipmentRepository().add(a_shipment(parcels=[parcel]))

        assert parcel.id == ParcelRow.objects.get().pk
        assert parcel.seals[0].id == SealRow.objects.get().pk
        assert loaded(shipment) == shipment

    def test_keep_their_identity_when_they_are_reordered(self) -> None:
        parcels = [Parcel(name=name) for name in "abc"]
        shipment = ShipmentRepository().add(a_shipment(parcels=parcels))
        before = {parcel.name: parcel.id for parcel in parcels}
        shipment.parcels.reverse()

        ShipmentRepository().save(shipment)

        assert [parcel.name for parcel in loaded(shipment).parcels] == ["c", "b", "a"]
        assert {parcel.name: parcel.id for parcel in loaded(shipment).parcels} == before

    def test_move_from_one_part_to_another(self) -> None:
        one, two = Parcel(name="1"), Parcel(name="2", seals=[Seal(code="x")])
        shipment = ShipmentRepository().add(a_shipment(parcels=[one, two]))
        one.seals.append(two.seals.pop())

        ShipmentRepository().save(shipment)

        assert loaded(shipment) == shipment
        assert [parcel.seals for parcel in loaded(shipment).parcels] == [one.seals, []]

    def test_without_identity_are_kept_by_value_and_place(self) -> None:
        stops = (Stop("Bonn"), Stop("Köln", date(2026, 1, 2)), Stop("Bonn"))
        shipment = ShipmentRepository().add(a_shipment(stops=stops))
        shipment.stops = (stops[1], stops[0])

        ShipmentRepository().save(shipment)

        assert loaded(shipment).stops == (stops[1], stops[0])
        assert StopRow.objects.count() == 2

    def test_are_refused_where_one_occurs_twice(self) -> None:
        parcel = Parcel(name="a")
        shipment = ShipmentRepository().add(a_shipment(parcels=[parcel]))
        shipment.parcels.append(Parcel(id=parcel.id, name="b"))

        with pytest.raises(RepeatedPartError) as refused:
            ShipmentRepository().save(shipment)

        assert str(refused.value) == (
            f"parcels holds Parcel {parcel.id} twice, and it can be stored once. "
            "Take one out, or give it a copy with a key of its own."
        )

    def test_are_refused_where_a_new_one_occurs_twice(self) -> None:
        parcel = Parcel(name="a")

        with pytest.raises(RepeatedPartError, match="parcels holds the new Parcel twice"):
            ShipmentRepository().add(a_shipment(parcels=[parcel, parcel]))

        assert not ShipmentRow.objects.exists()

    @pytest.mark.parametrize("places", [(0, 0, 0), (-4, -2, 7)])
    def test_of_old_data_are_not_moved_by_a_save_that_changes_nothing(
        self, places: tuple[int, ...]
    ) -> None:
        seals = [Seal(code=code) for code in "abc"]
        shipment = ShipmentRepository().add(a_shipment(parcels=[Parcel(name="a", seals=seals)]))
        for seal, place in zip(SealRow.objects.order_by("pk"), places, strict=True):
            SealRow.objects.filter(pk=seal.pk).update(place=place)

        with transactional("stock"):
            same = ShipmentRepository().save(loaded(shipment))

        assert same.version == 1

    def test_go_between_those_of_old_data_that_share_a_place(self) -> None:
        seals = [Seal(code=code) for code in "ac"]
        shipment = ShipmentRepository().add(a_shipment(parcels=[Parcel(name="a", seals=seals)]))
        SealRow.objects.update(place=0)
        shipment = loaded(shipment)
        shipment.parcels[0].seals.insert(1, Seal(code="b"))

        ShipmentRepository().save(shipment)

        assert [seal.code for seal in loaded(shipment).parcels[0].seals] == ["a", "b", "c"]

    def test_swap_places_below_zero(self) -> None:
        shipment = ShipmentRepository().add(
            a_shipment(parcels=[Parcel(name=name) for name in "abc"])
        )
        for row, place in zip(ParcelRow.objects.order_by("pk"), (-5, -4, 0), strict=True):
            ParcelRow.objects.filter(pk=row.pk).update(place=place)
        shipment = loaded(shipment)
        shipment.parcels[:2] = reversed(shipment.parcels[:2])

        ShipmentRepository().save(shipment)

        assert [parcel.name for parcel in loaded(shipment).parcels] == ["b", "a", "c"]


class TestConditionsOverParts:
    def test_give_each_aggregate_once(self) -> None:
        parcels = [Parcel(name="same"), Parcel(name="same")]
        shipment = ShipmentRepository().add(a_shipment(parcels=parcels))
        repository = ShipmentRepository()
        where = Q(parcels__name="same")

        assert repository.with_parcel(name="same") == [shipment]
        assert repository.find(where) == shipment
        assert repository.page(where).items == [shipment]


class TestKeys:
    @pytest.mark.parametrize("key", ["nonsense", None, 10**30, -(10**30)])
    def test_that_can_be_none_are_not_stored(self, key: object) -> None:
        assert ShelfRepository().find(key) is None

        with pytest.raises(AggregateNotFoundError, match=rf"^No Shelf has the key {key}\.$"):
            ShelfRepository().get(key)

    def test_that_can_be_none_are_named_beside_missing_ones(self) -> None:
        with pytest.raises(AggregateNotFoundError) as refused:
            ShelfRepository().get_many(["nonsense", 7, "nonsense"])

        assert str(refused.value) == "No Shelf has any of the keys nonsense, 7."

    def test_may_be_more_than_one_statement_can_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        connection = connections[database_of("stock")]
        monkeypatch.setattr(reading, "_MOST_PARAMETERS", 2)
        rows = ShelfRow.objects.bulk_create([ShelfRow(name=str(number)) for number in range(5)])

        with CaptureQueriesContext(connection) as queries:
            found = ShelfRepository().get_many([row.pk for row in rows])

        assert [shelf.name for shelf in found] == ["0", "1", "2", "3", "4"]
        assert len([query for query in queries if "slotrow" not in query["sql"]]) == 3


class TestOnRollback:
    def test_parts_added_after_the_save_stay(self) -> None:
        shipment = ShipmentRepository().add(a_shipment(parcels=[Parcel(name="a")]))
        [parcel] = shipment.parcels

        with transactional("stock"):
            try:
                with transactional("stock"):
                    parcel.seals.append(Seal(code="x"))
                    ShipmentRepository().save(shipment)
                    parcel.seals.append(Seal(code="y"))
                    raise KeyError  # noqa: TRY301 - what rolls the block back
            except KeyError:
                pass
            assert parcel.seals == [Seal(code="x"), Seal(code="y")]
            ShipmentRepository().save(shipment)

        assert [seal.code for seal in loaded(shipment).parcels[0].seals] == ["x", "y"]

    def test_a_frozen_part_that_was_replaced_is_put_back_into_the_same_place(self) -> None:
        shipment = ShipmentRepository().add(
            a_shipment(parcels=[Parcel(name="a", seals=[Seal(code="x")])])
        )
        [parcel] = shipment.parcels
        [kept] = parcel.seals

        with transactional("stock"):
            try:
                with transactional("stock"):
                    parcel.seals.insert(0, Seal(code="new"))
                    ShipmentRepository().save(shipment)
                    parcel.seals[1] = replace(kept, code="edited")
                    raise KeyError  # noqa: TRY301 - what rolls the block back
            except KeyError:
                pass

        assert parcel.seals == [Seal(code="new"), replace(kept, code="edited")]

    def test_a_key_that_was_rolled_back_stays_with_no_copy_of_its_part(self) -> None:
        parcels = [Parcel(name="a", seals=[Seal(code="x")]), Parcel(name="b")]
        shipment = a_shipment(parcels=parcels)

        with transactional("stock"):
            try:
                with transactional("stock"):
                    ShipmentRepository().add(shipment)
                    parcels[1].seals.append(replace(parcels[0].seals.pop(), code="moved"))
                    raise KeyError  # noqa: TRY301 - what rolls the block back
            except KeyError:
                pass

        assert shipment.id is None
        assert parcels == [Parcel(name="a"), Parcel(name="b", seals=[Seal(code="moved")])]
