"""Pages of a list, on whichever database the test runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from bulkhead.repositories import BadCursorError, Page, PageRequest, UnpageableOrderError
from bulkhead.repositories.keysets import Keyset
from bulkhead.transactions import database_of
from tests.toolkit.yard.stock.db.models import PalletRow, ShelfRow
from tests.toolkit.yard.stock.db.repositories import (
    PalletRepository,
    ShelfRepository,
    ShipmentRepository,
)
from tests.toolkit.yard.stock.domain.pallets import Pallet, Shelf

pytestmark = pytest.mark.component("stock")

NOTES = (None, "a", "b", None)
AMOUNTS = (None, Decimal("0.10"), Decimal("10.00"), Decimal("9.99"))
CURRENCIES = ("EUR", "USD", "EUR")


def a_row(code: str, **changed: object) -> PalletRow:
    values: dict[str, Any] = {
        "id": uuid4(),
        "code": code,
        "state": "open",
        "price_amount": Decimal("9.50"),
        "price_currency": "EUR",
        **changed,
    }
    return PalletRow(**values)


def stored(*rows: PalletRow) -> Sequence[PalletRow]:
    return PalletRow.objects.bulk_create(rows)


def many() -> Sequence[PalletRow]:
    """Every combination of values, so that all columns repeat theirs."""
    combined = product(NOTES, AMOUNTS, CURRENCIES)
    return stored(
        *(
            a_row(
                f"P-{number * 7 % 48:02}",
                note=note,
                held_amount=amount,
                held_currency=amount and "EUR",
                price_currency=currency,
                price_amount=Decimal(number % 5) + Decimal("0.05"),
            )
            for number, (note, amount, currency) in enumerate(combined)
        )
    )


def walked(order_by: str, *, size: int) -> list[UUID]:
    """Return the keys of all pages, one after the other."""
    keys: list[UUID] = []
    page = PalletRepository().page(order_by=order_by, size=size)
    while page.next_cursor is not None:
        keys += [pallet.id for pallet in page.items]
        assert len(page.items) == size
        page = PalletRepository().page(order_by=order_by, size=size, after=page.next_cursor)
    return [*keys, *(pallet.id for pallet in page.items)]


def ranked(rows: Iterable[PalletRow], order_by: str) -> list[UUID]:
    """Return the keys in an order that Python makes: by the last column first, as it is stable."""
    names = [name for name in order_by.split(",") if name]
    key_falls = bool(names) and names[-1].startswith("-")
    found = sorted(rows, key=lambda row: row.id, reverse=key_falls)
    for name in reversed(names):
        column = name.removeprefix("-")
        valued = [row for row in found if getattr(row, column) is not None]
        valued.sort(key=lambda row: getattr(row, column), reverse=name.startswith("-"))
        found = valued + [row for row in found if getattr(row, column) is None]
    return [row.id for row in found]


def codes(page: Page[Pallet]) -> list[str]:
    return [pallet.code for pallet in page.items]


class TestOrder:
    @pytest.mark.parametrize("size", [1, 7, 48])
    @pytest.mark.parametrize(
        "order_by",
        [
            "pk",
            "-pk",
            "code",
            "-code",
            "price_currency",
            "-price_currency",
            "price_currency,price_amount",
            "-price_currency,price_amount",
            "price_currency,-price_amount",
            "-price_currency,-price_amount",
            "note",
            "-note",
            "-held_amount",
            "note,-price_amount",
            "price_currency,note",
            "-price_currency,-note",
            "note,held_amount",
            "-note,held_amount,-price_currency",
            "price_amount,note,-held_amount,price_currency",
        ],
    )
    def test_is_kept_over_all_pages(self, order_by: str, size: int) -> None:
        rows = many()

        assert walked(order_by, size=size) == ranked(rows, order_by)

    def test_ends_with_a_column_that_no_two_rows_share(self) -> None:
        by_code = Keyset("Pallets", PalletRow, ["code", "price_amount"])
        by_amount = Keyset("Pallets", PalletRow, ["price_amount"])

        assert (by_code.order_by, by_amount.order_by) == (["code"], ["price_amount", "id"])

    def test_asks_once_where_all_columns_go_one_way(self) -> None:
        many()
        order_by = ("-price_currency", "-price_amount")
        cursor = PalletRepository().page(order_by=order_by, size=5).next_cursor
        table = f'FROM "{PalletRow._meta.db_table}"'

        with CaptureQueriesContext(connections[database_of("stock")]) as asked:
            PalletRepository().page(order_by=order_by, size=5, after=cursor)

        assert sum(table in query["sql"] for query in asked) == 1

    @pytest.mark.parametrize("column", ["crates", "code__length", "?", ""])
    def test_needs_columns_of_the_row(self, column: str) -> None:
        with pytest.raises(UnpageableOrderError) as refused:
            PalletRepository().page(order_by=[column])

        assert str(refused.value) == (
            f"PalletRepository can't page by {column!r}: it is no column of the row. "
            "Order by columns of the row itself that can be compared."
        )

    def test_needs_values_that_have_an_order(self) -> None:
        with pytest.raises(UnpageableOrderError) as refused:
            ShipmentRepository().page(order_by="facts")

        assert str(refused.value) == (
            "ShipmentRepository can't page by 'facts': its values have no order. "
            "Order by columns of the row itself that can be compared."
        )


class TestPage:
    def test_survives_that_its_last_row_is_deleted(self) -> None:
        stored(*map(a_row, "abcde"))
        first = PalletRepository().page(order_by="code", size=2)

        PalletRow.objects.filter(code__in="ab").delete()
        second = PalletRepository().page(order_by="code", size=2, after=first.next_cursor)

        assert codes(second) == ["c", "d"]

    def test_shows_what_came_behind_it_and_nothing_twice(self) -> None:
        stored(*map(a_row, "bdf"))
        first = PalletRepository().page(order_by="code", size=2)

        stored(*map(a_row, "ae"))
        second = PalletRepository().page(order_by="code", size=2, after=first.next_cursor)

        assert codes(first) + codes(second) == ["b", "d", "e", "f"]

    def test_counts_all_pages_where_that_is_asked(self) -> None:
        stored(*map(a_row, "abc"), a_row("x", price_currency="USD"))
        wanted = Q(price_currency="EUR")
        first = PalletRepository().page(wanted, order_by="code", size=2, count=True)

        second = PalletRepository().page(
            wanted, order_by="code", size=2, after=first.next_cursor, count=True
        )

        assert (first.total, second.total) == (3, 3)
        assert PalletRepository().page(wanted).total is None

    def test_is_asked_for_in_one(self) -> None:
        stored(*map(a_row, "abc"))
        request = PageRequest(order_by="-code", size=2, count=True)

        page = PalletRepository().page(Q(), request)

        assert (codes(page), page.total) == (["c", "b"], 3)

    def test_holds_something(self) -> None:
        with pytest.raises(ValueError, match=r"^A page holds at least one item, not 0\.$"):
            PalletRepository().page(size=0)

    def test_goes_by_keys_that_the_database_makes(self) -> None:
        keys = [ShelfRepository().add(Shelf(name=name)).id for name in "abc"]

        first = ShelfRepository().page(order_by=["-pk"], size=2)
        second = ShelfRepository().page(order_by=["-pk"], size=2, after=first.next_cursor)

        assert [shelf.id for shelf in first.items + second.items] == keys[::-1]
        assert ShelfRow.objects.count() == 3


class TestCursor:
    @pytest.mark.parametrize(
        ("repository", "order_by"), [(PalletRepository, "-code"), (ShelfRepository, "pk")]
    )
    def test_is_of_one_list_and_one_order(self, repository: Any, order_by: str) -> None:
        stored(*map(a_row, "ab"))
        cursor = PalletRepository().page(order_by="code", size=1).next_cursor

        with pytest.raises(BadCursorError) as refused:
            repository().page(order_by=order_by, after=cursor)

        assert str(refused.value) == (
            "This cursor was not made for this list in this order, or somebody has changed it. "
            "Begin again without a cursor."
        )

    @pytest.mark.parametrize("changed", ["", "forged", "\x00", "{cursor}x", "x{cursor}"])
    def test_is_refused_where_it_was_changed(self, changed: str) -> None:
        stored(*map(a_row, "ab"))
        cursor = PalletRepository().page(order_by="code", size=1).next_cursor

        with pytest.raises(BadCursorError):
            PalletRepository().page(order_by="code", after=changed.format(cursor=cursor))
