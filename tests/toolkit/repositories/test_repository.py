from __future__ import annotations

from collections.abc import Callable
from copy import copy, deepcopy
from decimal import Decimal
from pickle import dumps, loads
from uuid import uuid4

import pytest
from django.db import connections
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from bulkhead.errors import StaleAggregateError
from bulkhead.repositories import (
    AggregateNotFoundError,
    AskedVersion,
    ForeignAggregateError,
    ForeignRowsError,
    ForeignVersionError,
    NoKeyError,
    NoVersionError,
    Repository,
    SeveralAggregatesError,
    UnloadedAggregateError,
)
from bulkhead.transactions import NoTransactionError, database_of, transactional
from tests.toolkit.yard.sales.db.models import OrderRow
from tests.toolkit.yard.sales.domain.orders import Order
from tests.toolkit.yard.stock.db.models import CrateRow, LabelRow, PalletRow, ShelfRow
from tests.toolkit.yard.stock.db.repositories import (
    PalletNotFoundError,
    PalletRepository,
    ShelfRepository,
    TallyRepository,
)
from tests.toolkit.yard.stock.domain.pallets import (
    Crate,
    Label,
    Pallet,
    PalletInfo,
    PalletStatus,
    Price,
    Shelf,
    Slot,
    Tally,
)

pytestmark = pytest.mark.component("stock")


def a_pallet(code: str = "P-1", **fields: object) -> Pallet:
    values: dict[str, object] = {"price": Price(amount=Decimal("9.50"), currency="EUR"), **fields}
    return Pallet(code=code, **values)  # type: ignore[arg-type]


def with_crates() -> Pallet:
    return a_pallet(
        deposit=Price(amount=Decimal(2), currency="EUR"),
        marks=["fragile"],
        crates=[
            Crate(content="bolts", weight=3, labels=[Label(text="heavy"), Label(text="steel")]),
            Crate(content="foam", weight=1),
        ],
    )


class TestAdd:
    def test_stores_the_aggregate_with_all_its_parts(self) -> None:
        pallet = PalletRepository().add(with_crates())

        assert PalletRepository().get(pallet.id) == pallet
        assert pallet.version == 1

    def test_gives_a_frozen_one_its_keys(self) -> None:
        shelf = Shelf(name="north", slots=(Slot(width=3), Slot(width=4)))

        stored = ShelfRepository().add(shelf)

        assert shelf.id is None
        assert stored.id is not None
        assert None not in {slot.id for slot in stored.slots}
        assert ShelfRepository().get(stored.id) == stored

    def test_refuses_an_object_of_another_class(self) -> None:
        with pytest.raises(ForeignAggregateError) as refused:
            PalletRepository().add(Order(customer="x"))  # type: ignore[arg-type]

        assert str(refused.value) == (
            "PalletRepository stores Pallet, and was given Order. Use the repository of Order."
        )


def pickled(asked: AskedVersion) -> AskedVersion:
    found: AskedVersion = loads(dumps(asked))  # noqa: S301 - of this test
    return found


class TestGet:
    def test_names_what_is_missing(self) -> None:
        key = uuid4()

        with pytest.raises(PalletNotFoundError, match=rf"^No Pallet has the key {key}\.$"):
            PalletRepository().get(key)

    def test_takes_what_can_be_no_key_for_a_missing_one(self) -> None:
        with pytest.raises(PalletNotFoundError, match=r"^No Pallet has the key nonsense\.$"):
            PalletRepository().get("nonsense")

    def test_refuses_another_version(self) -> None:
        pallet = PalletRepository().add(a_pallet())

        with pytest.raises(StaleAggregateError) as refused:
            PalletRepository().get(pallet.id, version=7)

        assert str(refused.value) == (
            f"Pallet {pallet.id} was asked for at version 7, and is at version 1 now. "
            "Show what is there now, and let the caller decide anew."
        )

    def test_takes_a_version_that_knows_whose_it_is(self) -> None:
        pallet = PalletRepository().add(a_pallet())
        asked = AskedVersion(1, aggregate=Pallet, key=str(pallet.id))

        assert PalletRepository().get(pallet.id, version=asked).id == pallet.id

    def test_takes_any_version_where_that_is_asked_for(self) -> None:
        pallet = PalletRepository().add(a_pallet())
        asked = AskedVersion.any_of(Pallet)

        assert PalletRepository().get(pallet.id, version=asked).id == pallet.id
        assert asked != pallet.version

    def test_refuses_another_version_that_knows_whose_it_is(self) -> None:
        pallet = PalletRepository().add(a_pallet())
        asked = AskedVersion(7, aggregate=Pallet, key=str(pallet.id))

        with pytest.raises(StaleAggregateError) as refused:
            PalletRepository().get(pallet.id, version=asked)

        assert (refused.value.expected, refused.value.found) == (7, 1)

    @pytest.mark.parametrize("copied", [copy, deepcopy, pickled])
    def test_copies_a_version_with_whose_it_is(
        self, copied: Callable[[AskedVersion], AskedVersion]
    ) -> None:
        asked = AskedVersion(7, aggregate=Pallet, key="P-1")

        found = copied(asked)

        assert (type(found), found, found.aggregate, found.key) == (AskedVersion, 7, Pallet, "P-1")

    @pytest.mark.parametrize(
        ("cls", "key", "shown"),
        [(Pallet, "another", "Pallet another"), (Shelf, "{own}", "Shelf {own}")],
    )
    def test_refuses_the_version_of_something_else(self, cls: type, key: str, shown: str) -> None:
        pallet = PalletRepository().add(a_pallet())
        own = str(pallet.id)
        asked = AskedVersion(1, aggregate=cls, key=key.format(own=own))

        with pytest.raises(ForeignVersionError) as refused:
            PalletRepository().get(pallet.id, version=asked)

        assert str(refused.value) == (
            f"The version that was given is one of {shown.format(own=own)}, and Pallet {own} is "
            f"asked for. Give the version that Pallet {own} was shown with."
        )

    def test_refuses_any_version_of_another_class(self) -> None:
        pallet = PalletRepository().add(a_pallet())

        with pytest.raises(ForeignVersionError) as refused:
            PalletRepository().get(pallet.id, version=AskedVersion.any_of(Shelf))

        assert str(refused.value).startswith("The version that was given is one of Shelf, and")

    def test_refuses_a_version_where_there_is_none(self) -> None:
        tally = TallyRepository().add(Tally(count=1))

        with pytest.raises(NoVersionError):
            TallyRepository().get(tally.id, version=1)

    def test_locks_only_in_a_transaction(self) -> None:
        pallet = PalletRepository().add(a_pallet())

        with pytest.raises(NoTransactionError, match="PalletRepository with lock=True"):
            PalletRepository().get(pallet.id, lock=True)


class TestGetMany:
    def test_keeps_the_order_of_the_keys(self) -> None:
        keys = [PalletRepository().add(a_pallet(code)).id for code in "abc"][::-1]

        found = PalletRepository().get_many([*keys, keys[0]])

        assert [pallet.code for pallet in found] == ["c", "b", "a", "c"]

    def test_locks_in_one_order_for_all(self) -> None:
        keys = sorted(PalletRepository().add(a_pallet(code)).id for code in "abc")

        with (
            CaptureQueriesContext(connections[database_of("stock")]) as queries,
            transactional("stock"),
        ):
            PalletRepository().get_many(reversed(keys), lock=True)

        [locking] = [query["sql"] for query in queries if 'FROM "stock_palletrow"' in query["sql"]]
        assert "ORDER BY 1 ASC" in locking

    def test_names_every_missing_key_in_one_error(self) -> None:
        known, one, two = PalletRepository().add(a_pallet()).id, uuid4(), uuid4()

        with pytest.raises(PalletNotFoundError) as refused:
            PalletRepository().get_many([one, known, two])

        assert refused.value.keys == (one, two)
        assert str(refused.value) == f"No Pallet has any of the keys {one}, {two}."


class TestFind:
    def test_returns_none_where_there_is_none(self) -> None:
        assert PalletRepository().find(uuid4()) is None
        assert PalletRepository().find(Q(code="none")) is None

    def test_finds_by_key_and_by_condition(self) -> None:
        pallet = PalletRepository().add(a_pallet())

        assert PalletRepository().find(pallet.id) == pallet
        assert PalletRepository().find(Q(code="P-1")) == pallet

    def test_refuses_several(self) -> None:
        PalletRepository().add(a_pallet("a"))
        PalletRepository().add(a_pallet("b"))

        with pytest.raises(SeveralAggregatesError):
            PalletRepository().find(Q(price_currency="EUR"))


class TestReading:
    def test_a_finder_gives_aggregates_in_its_order(self) -> None:
        for code in "cab":
            PalletRepository().add(a_pallet(code))

        found = PalletRepository().priced_in(currency="EUR")

        assert [pallet.code for pallet in found] == ["a", "b", "c"]

    def test_load_keeps_the_order_of_the_queryset(self) -> None:
        for code in "cab":
            PalletRepository().add(a_pallet(code))

        found = PalletRepository().load(PalletRow.objects.order_by("-code")[:2])

        assert [pallet.code for pallet in found] == ["c", "b"]

    @pytest.mark.parametrize(
        ("rows", "given"),
        [
            (ShelfRow.objects.all(), "a queryset of ShelfRow"),
            (PalletRow.objects.values("id"), "values() or a union()"),
            ([], "list"),
        ],
    )
    def test_load_refuses_what_are_no_rows(self, rows: object, given: str) -> None:
        with pytest.raises(ForeignRowsError) as refused:
            PalletRepository().load(rows)  # type: ignore[arg-type]

        assert str(refused.value) == (
            f"PalletRepository reads a queryset of PalletRow, and was given {given}. "
            "Pass PalletRow.objects.filter(...), without values() or union()."
        )

    def test_read_as_fills_a_part_of_the_aggregate_from_columns(self) -> None:
        pallet = PalletRepository().add(with_crates())

        [info] = PalletRepository().read_as(PalletInfo, PalletRow.objects.all())

        assert info == PalletInfo(code=pallet.code, price=pallet.price)


class TestSave:
    def test_writes_what_has_changed_at_every_level(self) -> None:
        pallet = PalletRepository().add(with_crates())
        pallet.ship()
        pallet.deposit = None
        pallet.marks.append("cold")
        first, second = pallet.crates
        first.labels[:] = [Label(text="light"), Label(text="steel"), Label(text="new")]
        pallet.crates[:] = [second, Crate(content="nuts", weight=2), first]

        PalletRepository().save(pallet)

        assert PalletRepository().get(pallet.id) == pallet
        assert pallet.version == 2
        assert pallet.status is PalletStatus.SHIPPED

    def test_removes_the_parts_that_are_gone(self) -> None:
        pallet = PalletRepository().add(with_crates())
        del pallet.crates[0]

        PalletRepository().save(pallet)

        assert CrateRow.objects.count() == 1
        assert LabelRow.objects.count() == 0

    def test_moves_the_version_when_only_a_part_changed(self) -> None:
        pallet = PalletRepository().add(with_crates())
        pallet.crates[0].weight = 99

        PalletRepository().save(pallet)

        assert PalletRow.objects.get().version == 2

    def test_writes_nothing_where_nothing_changed(self) -> None:
        pallet = PalletRepository().add(with_crates())

        PalletRepository().save(pallet)

        assert pallet.version == 1

    def test_refuses_what_somebody_else_has_changed(self) -> None:
        pallet = PalletRepository().add(a_pallet())
        other = PalletRepository().get(pallet.id)
        other.note = "theirs"
        PalletRepository().save(other)
        pallet.note = "mine"

        with pytest.raises(StaleAggregateError) as refused:
            PalletRepository().save(pallet)

        assert str(refused.value) == (
            f"Pallet {pallet.id} was read at version 1, and is at version 2 now. Load it again, "
            "and repeat the change on what is there now; @transactional(retry=3) does so by itself."
        )
        assert PalletRepository().get(pallet.id).note == "theirs"

    def test_refuses_one_without_version_that_was_not_loaded_here(self) -> None:
        tally = TallyRepository().add(Tally(count=1))
        tally.count = 2

        with pytest.raises(UnloadedAggregateError):
            TallyRepository().save(tally)

        with transactional("stock"):
            loaded = TallyRepository().get(tally.id)
            loaded.count = 3
            TallyRepository().save(loaded)
        assert TallyRepository().get(tally.id).count == 3

    def test_refuses_one_without_key(self) -> None:
        with pytest.raises(NoKeyError):
            ShelfRepository().save(Shelf(name="x"))

    def test_returns_a_frozen_one_anew(self) -> None:
        stored = ShelfRepository().add(Shelf(name="a", slots=(Slot(width=1),)))
        changed = Shelf(id=stored.id, name="b", slots=(*stored.slots, Slot(width=2)), version=1)

        saved = ShelfRepository().save(changed)

        assert saved.version == 2
        assert stored.id is not None
        assert ShelfRepository().get(stored.id) == saved


class TestRemove:
    def test_deletes_the_aggregate_and_its_parts(self) -> None:
        pallet = PalletRepository().add(with_crates())

        PalletRepository().remove(pallet)

        assert PalletRepository().find(pallet.id) is None
        assert CrateRow.objects.count() == LabelRow.objects.count() == 0

    def test_refuses_what_somebody_else_has_changed(self) -> None:
        pallet = PalletRepository().add(with_crates())
        PalletRow.objects.update(version=5)

        with pytest.raises(StaleAggregateError):
            PalletRepository().remove(pallet)

        assert LabelRow.objects.count() == 2

    def test_refuses_what_is_gone(self) -> None:
        pallet = PalletRepository().add(a_pallet())
        PalletRepository().remove(pallet)

        with pytest.raises(PalletNotFoundError):
            PalletRepository().remove(pallet)


class TestNotFound:
    def test_is_the_general_error_where_none_is_named(self) -> None:
        assert ShelfRepository.not_found is AggregateNotFoundError

    def test_a_repository_of_no_classes_is_no_repository(self) -> None:
        class Unfinished(Repository):  # type: ignore[type-arg]
            pass

        assert not hasattr(Unfinished, "row_class")
        assert OrderRow._meta.app_label == "sales"
