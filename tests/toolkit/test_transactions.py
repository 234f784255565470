from __future__ import annotations

import linecache
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction

from bulkhead.errors import StaleAggregateError, UnknownComponentError
from bulkhead.foreign_blocks import ForeignTransactionWarning
from bulkhead.transactions import (
    CrossComponentWriteError,
    NoComponentError,
    NoTransactionError,
    NotTransactionalError,
    OnlyABlockError,
    database_of,
    on_commit,
    transactional,
)
from tests.toolkit.yard.sales.db.repositories import OrderRepository
from tests.toolkit.yard.sales.domain.orders import Order
from tests.toolkit.yard.sales.service.orders import order_pallet
from tests.toolkit.yard.stock.db.models import PalletRow
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import Pallet, Price

pytestmark = pytest.mark.component("stock", "sales")


def in_stock(function: object) -> None:
    function.__module__ = "tests.toolkit.yard.stock.service.pallets"


def a_pallet() -> Pallet:
    return Pallet(code="P-1", price=Price(amount=Decimal(1), currency="EUR"))


class FromTheDatabase(Exception):  # noqa: N818 - as a driver's
    def __init__(self, code: str) -> None:
        self.sqlstate = code


class TestTransactional:
    def test_refuses_a_function_of_no_component(self) -> None:
        @transactional
        def nobodys() -> None: ...

        with pytest.raises(NoComponentError, match="belongs to no component"):
            nobodys()

    def test_refuses_what_runs_after_it_has_ended(self) -> None:
        def generator() -> Iterator[int]:
            yield 1

        async def coroutine() -> None: ...

        async def both() -> AsyncIterator[int]:
            yield 1

        for function in (generator, coroutine, both):
            with pytest.raises(NotTransactionalError, match="after the transaction has ended"):
                transactional(function)

    def test_refuses_work_that_is_returned_unfinished(self) -> None:
        def plain() -> Iterator[int]:
            return (number for number in range(3))

        in_stock(plain)

        with pytest.raises(NotTransactionalError, match="returns unfinished work"):
            transactional(plain)()

    def test_refuses_an_unknown_label(self) -> None:
        with pytest.raises(UnknownComponentError, match="No component is labelled 'stokc'"):
            transactional("stokc").__enter__()

    def test_refuses_an_unknown_label_alongside(self) -> None:
        with pytest.raises(UnknownComponentError, match="No component is labelled 'saels'"):
            transactional("stock", alongside=("saels",), reason="a test").__enter__()

    def test_refuses_alongside_without_a_reason(self) -> None:
        with pytest.raises(ValueError, match="needs a reason"):
            transactional("stock", alongside=("sales",))

    def test_a_label_decorates_nothing(self) -> None:
        block: Any = transactional("stock")

        with pytest.raises(OnlyABlockError) as refused:
            block(a_pallet)

        assert str(refused.value) == (
            "transactional('stock') opens one block, and decorates nothing. Write `with "
            "transactional('stock'):` inside the function, or put @transactional without a label "
            "on a function of the component."
        )

    def test_a_block_is_not_run_again(self) -> None:
        anything: Any = transactional

        with pytest.raises(OnlyABlockError, match="can't be run again: retry needs the decorator"):
            anything("stock", retry=3)


class TestRetry:
    def test_runs_again_after_a_lost_race(self) -> None:
        pallet = PalletRepository().add(a_pallet())
        tries: list[int] = []

        def note() -> None:
            mine = PalletRepository().get(pallet.id)
            if not tries:
                PalletRow.objects.filter(pk=pallet.id).update(version=2)
            tries.append(mine.version)
            mine.note = "mine"
            PalletRepository().save(mine)

        in_stock(note)
        with pytest.raises(StaleAggregateError):
            transactional(note)()
        tries.clear()
        PalletRow.objects.filter(pk=pallet.id).update(version=1)

        transactional(retry=3)(note)()

        # The rolled-back attempt takes the simulated other writer along.
        assert len(tries) == 2
        assert PalletRow.objects.get(pk=pallet.id).note == "mine"

    def test_gives_up_after_so_many_tries(self) -> None:
        tries: list[int] = []

        def lose() -> None:
            tries.append(1)
            raise StaleAggregateError("Pallet", 1, expected=1, found=2)  # noqa: EM101

        in_stock(lose)

        with pytest.raises(StaleAggregateError):
            transactional(retry=2)(lose)()

        assert len(tries) == 3

    @pytest.mark.parametrize(
        ("code", "runs"), [("40001", 3), ("40P01", 3), ("SQLITE_BUSY", 3), ("23505", 1)]
    )
    def test_knows_a_lost_race_by_the_code_of_the_database(self, code: str, runs: int) -> None:
        tries: list[int] = []

        def lose() -> None:
            tries.append(1)
            raise OperationalError from FromTheDatabase(code)

        in_stock(lose)

        with pytest.raises(OperationalError):
            transactional(retry=2)(lose)()

        assert len(tries) == runs

    def test_runs_once_inside_a_block_of_somebody_else(self) -> None:
        tries: list[int] = []

        def lose() -> None:
            tries.append(1)
            raise StaleAggregateError("Pallet", 1, expected=1, found=2)  # noqa: EM101

        in_stock(lose)

        with (
            pytest.warns(ForeignTransactionWarning),
            pytest.raises(StaleAggregateError),
            transaction.atomic(using=database_of("stock")),
        ):
            transactional(retry=2)(lose)()

        assert len(tries) == 1

    def test_does_not_repeat_what_the_caller_asked_for(self) -> None:
        pallet = PalletRepository().add(a_pallet())
        tries: list[int] = []

        def ask() -> None:
            tries.append(1)
            PalletRepository().get(pallet.id, version=7)

        in_stock(ask)

        with pytest.raises(StaleAggregateError):
            transactional(retry=2)(ask)()

        assert len(tries) == 1

    def test_runs_once_inside_another_transaction(self) -> None:
        tries: list[int] = []

        def lose() -> None:
            tries.append(1)
            raise StaleAggregateError("Pallet", 1, expected=1, found=2)  # noqa: EM101

        in_stock(lose)

        with transactional("stock"), pytest.raises(StaleAggregateError):
            transactional(retry=2)(lose)()

        assert len(tries) == 1


class TestCrossComponentWrites:
    @pytest.mark.parametrize("call", ["add", "save", "remove"])
    def test_are_refused_in_one_database_as_in_two(self, call: str) -> None:
        order = OrderRepository().add(Order(customer="c"))

        with transactional("stock"), pytest.raises(CrossComponentWriteError) as refused:
            getattr(OrderRepository(), call)(order)

        assert str(refused.value) == (
            "'sales' can't write while a transaction of 'stock' is open: a failure there would "
            "undo this write in one database, and not in two. Finish the transaction of 'stock' "
            "first, then call 'sales'. Where both belong together, say so on the outer function: "
            "@transactional(alongside=('sales',), reason=...)"
        )

    def test_are_refused_inside_the_writers_own_transaction_too(self) -> None:
        with (
            transactional("stock"),
            transactional("sales"),
            pytest.raises(CrossComponentWriteError),
        ):
            OrderRepository().add(Order(customer="c"))

    def test_are_refused_where_only_the_inner_function_says_that_they_go_together(self) -> None:
        with (
            transactional("stock"),
            transactional("sales", alongside=("stock",), reason="a test"),
            pytest.raises(CrossComponentWriteError),
        ):
            OrderRepository().add(Order(customer="c"))

    def test_are_allowed_to_the_outer_component_inside_the_inner_ones_block(self) -> None:
        with (
            transactional("sales", alongside=("stock",), reason="a test"),
            transactional("stock"),
        ):
            order = OrderRepository().add(Order(customer="c"))

        assert OrderRepository().find(order.id) == order

    def test_reading_is_allowed(self) -> None:
        order = OrderRepository().add(Order(customer="c"))

        with transactional("stock"), transactional("sales"):
            assert OrderRepository().get(order.id) == order

    def test_writing_is_allowed_where_the_outer_function_says_so(self) -> None:
        with transactional("stock", alongside=("sales",), reason="moved together"):
            order = OrderRepository().add(Order(customer="c"))

        assert OrderRepository().find(order.id) == order

    def test_writing_is_allowed_after_the_other_has_finished(self) -> None:
        with transactional("stock"):
            PalletRepository().add(a_pallet())

        assert OrderRepository().add(Order(customer="c")).version == 1


class TestOnCommit:
    def test_needs_a_transaction(self) -> None:
        with pytest.raises(NoTransactionError, match=r"^on_commit\(\) needs an open transaction"):
            on_commit(print)

    @pytest.mark.django_db(transaction=True)
    def test_waits_for_the_components_own_database(self) -> None:
        calls: list[str] = []

        with transactional("stock"):
            on_commit(lambda: calls.append("committed"))
            assert calls == []

        assert calls == ["committed"]

    @pytest.mark.django_db(transaction=True)
    def test_waits_for_the_transaction_whose_block_is_the_innermost(self) -> None:
        calls: list[str] = []

        with transactional("stock"):
            with transactional("sales"):
                on_commit(lambda: calls.append("sales"))
                with transactional("stock"):
                    on_commit(lambda: calls.append("stock"))
                on_commit(lambda: calls.append("sales again"))
            before = list(calls)

        in_one_database = database_of("stock") == database_of("sales")
        assert before == ([] if in_one_database else ["sales", "sales again"])
        assert sorted(calls) == ["sales", "sales again", "stock"]

    @pytest.mark.django_db(transaction=True)
    def test_forgets_what_was_asked_for_in_a_block_that_is_rolled_back(self) -> None:
        calls: list[str] = []

        with transactional("stock"):
            with suppress(KeyError), transactional("stock"):
                on_commit(lambda: calls.append("lost"))
                raise KeyError
            on_commit(lambda: calls.append("kept"))

        assert calls == ["kept"]


class TestForeignBlocks:
    def test_are_joined_with_a_warning_that_names_their_line(self) -> None:
        with (
            pytest.warns(ForeignTransactionWarning) as warned,
            transaction.atomic(using=database_of("stock")),
            transactional("stock"),
        ):
            PalletRepository().add(a_pallet())

        assert warned[0].filename == __file__
        assert f"{__file__}:{warned[0].lineno}" in str(warned[0].message)

    def test_are_told_once_for_each_line(self) -> None:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("default")
            for _ in range(3):
                with transaction.atomic(using=database_of("stock")), transactional("stock"):
                    pass

        assert len(warned) == 1

    def test_take_the_components_work_along_when_they_fail(self) -> None:
        def fail() -> None:
            with transaction.atomic(using=database_of("stock")):
                PalletRepository().add(a_pallet())
                message = "later"
                raise ValueError(message)

        with pytest.warns(ForeignTransactionWarning), pytest.raises(ValueError, match="later"):
            fail()

        assert not PalletRow.objects.exists()
        assert not connections[database_of("stock")].__dict__["bulkhead_units"]

    def test_of_the_admin_are_silent(self, recwarn: pytest.WarningsRecorder) -> None:
        names = {"__name__": "django.contrib.admin.options", "transaction": transaction}
        source = (
            "def change(using, work):\n    with transaction.atomic(using=using):\n        work()\n"
        )
        linecache.cache["options.py"] = (
            len(source),
            None,
            source.splitlines(keepends=True),
            "options.py",
        )
        code = compile(source, "options.py", "exec")
        exec(code, names)  # noqa: S102 - a module of that name

        names["change"](database_of("stock"), lambda: PalletRepository().add(a_pallet()))  # type: ignore[operator]

        assert PalletRow.objects.count() == 1
        assert not recwarn.list


class TestCallsThroughPublic:
    def test_read_another_component_while_a_transaction_is_open(self) -> None:
        pallet = PalletRepository().add(a_pallet())

        order = order_pallet(customer="c", pallet_id=pallet.id)

        assert order.customer == "c (P-1)"
