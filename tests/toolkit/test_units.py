from __future__ import annotations

import asyncio
import contextvars
import threading
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from django.core.exceptions import SynchronousOnlyOperation
from django.db import IntegrityError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

from bulkhead.errors import StaleAggregateError
from bulkhead.repositories import paging, repository
from bulkhead.repositories.holding import Holder
from bulkhead.repositories.planning import shape_of
from bulkhead.repositories.reading import read
from bulkhead.transactions import database_of, transactional
from bulkhead.units import open_units
from tests.toolkit.yard.sales.db.models import OrderRow
from tests.toolkit.yard.sales.db.repositories import OrderRepository
from tests.toolkit.yard.sales.domain.orders import Order
from tests.toolkit.yard.stock.db.models import CrateRow, PalletRow, ShelfRow
from tests.toolkit.yard.stock.db.repositories import PalletRepository, ShelfRepository
from tests.toolkit.yard.stock.domain.pallets import Pallet, PalletInfo, Price, Shelf
from tests.toolkit.yard.stock.service import pallets as service

pytestmark = pytest.mark.component("stock", "sales")


class RefusedError(Exception):
    pass


def stored(code: str = "P-1") -> UUID:
    price = Price(amount=Decimal(1), currency="EUR")
    return PalletRepository().add(Pallet(code=code, price=price)).id


def note_of(key: UUID) -> str | None:
    return PalletRow.objects.get(pk=key).note


class TestUnitOfChange:
    def test_two_services_of_one_component_change_one_object(self) -> None:
        key = stored()

        with transactional("stock"):
            pallet = PalletRepository().get(key)
            inner = service.note(pallet_id=key, text="by the inner")
            pallet.code = "P-2"
            PalletRepository().save(pallet)

        assert inner is pallet
        row = PalletRow.objects.get(pk=key)
        assert (row.note, row.code, row.version) == ("by the inner", "P-2", 3)

    def test_an_aggregate_is_handed_on_to_a_function_that_saves_it(self) -> None:
        key = stored()

        def save_it(pallet: Pallet) -> None:
            PalletRepository().save(pallet)

        with transactional("stock"):
            pallet = PalletRepository().get(key)
            pallet.note = "handed on"
            save_it(pallet)

        assert note_of(key) == "handed on"

    @pytest.mark.parametrize("again_inside", [True, False])
    def test_after_a_rollback_a_second_save_is_the_one_that_counts(
        self, *, again_inside: bool
    ) -> None:
        key = stored()

        with transactional("stock"):
            pallet = PalletRepository().get(key)
            pallet.note = "first"
            try:
                with transactional("stock"):
                    PalletRepository().save(pallet)
                    raise RefusedError  # noqa: TRY301 - what rolls the block back
            except RefusedError:
                pallet.note = "second"
            if again_inside:
                PalletRepository().save(pallet)
        if not again_inside:
            PalletRepository().save(pallet)

        row = PalletRow.objects.get(pk=key)
        assert (row.note, row.version, pallet.version) == ("second", 2, 2)

    def test_after_the_outermost_is_rolled_back_a_save_is_the_one_that_counts(self) -> None:
        key = stored()
        pallet = PalletRepository().get(key)

        def fail() -> None:
            with transactional("stock"):
                pallet.note = "first"
                PalletRepository().save(pallet)
                raise RefusedError

        with pytest.raises(RefusedError):
            fail()
        pallet.note = "second"
        PalletRepository().save(pallet)

        assert (note_of(key), pallet.version) == ("second", 2)

    def test_a_key_that_was_rolled_back_is_none_again(self) -> None:
        price = Price(amount=Decimal(1), currency="EUR")
        pallet = Pallet(code="P-9", price=price)

        def fail() -> None:
            with transactional("stock"):
                PalletRepository().add(pallet)
                raise RefusedError

        with pytest.raises(RefusedError):
            fail()

        assert pallet.version == 0
        assert PalletRepository().add(pallet).version == 1

    def test_a_plain_atomic_that_was_rolled_back_is_forgotten(self) -> None:
        key = stored()

        with transactional("stock"):
            pallet = PalletRepository().get(key)
            try:
                with transaction.atomic(using=database_of("stock")):
                    pallet.note = "lost"
                    PalletRepository().save(pallet)
                    raise RefusedError  # noqa: TRY301 - what rolls the block back
            except RefusedError:
                again = PalletRepository().get(key)

        assert again is not pallet
        assert again.note is None

    def test_a_lock_refreshes_what_was_loaded_before_another_wrote(self) -> None:
        key = stored()

        with transactional("stock"):
            pallet = PalletRepository().get(key)
            PalletRow.objects.filter(pk=key).update(note="theirs", version=2)
            locked = PalletRepository().get(key, lock=True)

        assert locked is pallet
        assert (pallet.note, pallet.version) == ("theirs", 2)

    def test_a_lock_refuses_what_was_edited_here_and_moved_there(self) -> None:
        key = stored()

        with transactional("stock"):
            pallet = PalletRepository().get(key)
            pallet.note = "mine"
            PalletRow.objects.filter(pk=key).update(note="theirs", version=2)
            with pytest.raises(StaleAggregateError):
                PalletRepository().get(key, lock=True)

    def test_what_is_dropped_between_two_saves_is_not_mistaken_for_another(self) -> None:
        with transactional("stock"):
            kept = ShelfRepository().add(Shelf(name="kept"))
            for number in range(10_000):
                ShelfRepository().find(number + 1_000_000)
                Shelf(name=str(number))
            kept = ShelfRepository().save(Shelf(id=kept.id, name="changed", version=kept.version))

        assert kept.id is not None
        assert ShelfRepository().get(kept.id).name == "changed"

    def test_another_object_of_the_same_key_replaces_the_held_one(self) -> None:
        key = stored()
        other = PalletRepository().get(key)

        with transactional("stock"):
            PalletRepository().get(key)
            other.note = "other"
            PalletRepository().save(other)
            held = PalletRepository().get(key)

        assert held is other
        assert note_of(key) == "other"

    def test_after_a_refused_save_what_is_stored_is_read_again(self) -> None:
        key = stored()

        with transactional("stock"):
            pallet = PalletRepository().get(key)
            pallet.note = "mine"
            PalletRow.objects.filter(pk=key).update(note="theirs", version=2)
            with pytest.raises(StaleAggregateError):
                PalletRepository().save(pallet)
            again = PalletRepository().get(key)
            again.code = "P-2"
            PalletRepository().save(again)

        row = PalletRow.objects.get(pk=key)
        assert (row.note, row.code, row.version) == ("theirs", "P-2", 3)

    def test_after_a_refused_lock_what_is_stored_is_read_again(self) -> None:
        key = stored()

        with transactional("stock"):
            PalletRepository().get(key).note = "mine"
            PalletRow.objects.filter(pk=key).update(note="theirs", version=2)
            with pytest.raises(StaleAggregateError):
                PalletRepository().get(key, lock=True)

            assert PalletRepository().get(key).note == "theirs"

    def test_a_locked_queryset_refreshes_what_was_loaded_before_another_wrote(self) -> None:
        key = stored()

        with transactional("stock"):
            pallet = PalletRepository().get(key)
            PalletRow.objects.filter(pk=key).update(note="theirs", version=2)
            PalletRepository().load(PalletRow.objects.select_for_update())

        assert pallet.note == "theirs"

    def test_what_a_lock_refreshed_is_as_before_after_a_rollback(self) -> None:
        key = stored()

        with transactional("stock"):
            pallet = PalletRepository().get(key)
            try:
                with transactional("stock"):
                    PalletRow.objects.filter(pk=key).update(note="undone", version=2)
                    PalletRepository().get(key, lock=True)
                    raise RefusedError  # noqa: TRY301 - what rolls the block back
            except RefusedError:
                pass

            assert (pallet.note, pallet.version) == (None, 1)
            PalletRepository().save(pallet)

        assert pallet.version == 1

    def test_an_aggregate_without_its_version_is_refused(self) -> None:
        key = stored()

        with transactional("stock"):
            pallet = PalletRepository().get(key)
            pallet.version = None  # type: ignore[assignment] # what a test tries
            pallet.note = "mine"
            with pytest.raises(StaleAggregateError) as refused:
                PalletRepository().save(pallet)

        assert str(refused.value).startswith(
            f"Pallet {key} has no version to compare, and is at version 1 now."
        )

    def test_one_class_in_two_tables_is_two_aggregates(self) -> None:
        shape = shape_of(PalletRepository, Pallet)
        elsewhere = replace(shape, model=ShelfRow)

        with transactional("stock") as unit:
            pallet = PalletRepository().get(stored())

            assert Holder(shape, unit).find(pallet.id) is not None
            assert Holder(elsewhere, unit).find(pallet.id) is None

    def test_an_error_that_was_swallowed_rolls_back_aggregates_too(self) -> None:
        key = stored()
        pallet = PalletRepository().get(key)

        with transactional("stock"):
            pallet.note = "lost"
            PalletRepository().save(pallet)
            with suppress(RefusedError), transaction.atomic(database_of("stock"), savepoint=False):
                raise RefusedError

        assert (pallet.version, note_of(key)) == (1, None)

    @pytest.mark.django_db(transaction=True)
    def test_a_commit_that_fails_rolls_back_aggregates_too(self) -> None:
        key = stored()
        pallet = PalletRepository().get(key)

        def write() -> None:
            with transactional("stock"):
                pallet.note = "lost"
                PalletRepository().save(pallet)
                CrateRow.objects.create(id=uuid4(), pallet_id=uuid4(), position=0, weight=1)

        with pytest.raises(IntegrityError):
            write()

        assert (pallet.version, note_of(key)) == (1, None)
        assert not open_units()

    @pytest.mark.django_db(transaction=True)
    def test_a_connection_that_is_closed_rolls_back_aggregates_too(self) -> None:
        key = stored()
        pallet = PalletRepository().get(key)
        connection = connections[database_of("stock")]

        with transactional("stock"):
            pallet.note = "lost"
            PalletRepository().save(pallet)
            BaseDatabaseWrapper.close(connection)

        assert (pallet.version, note_of(key)) == (1, None)
        assert not open_units()
        assert PalletRepository().save(pallet).version == 2

    def test_a_rollback_undoes_what_was_written_alongside_in_the_same_database(self) -> None:
        order = OrderRepository().add(Order(customer="c"))

        with (
            suppress(RefusedError),
            transactional("stock", alongside=("sales",), reason="a test"),
        ):
            order.customer = "d"
            OrderRepository().save(order)
            raise RefusedError

        assert order.version == OrderRow.objects.get().version


class TestReplicas:
    @pytest.fixture
    def reads(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Give stock a replica, and return where the repositories read."""
        home, found = database_of("stock"), []

        def read(_shape: object, _rows: object, alias: str) -> list[object]:
            found.append(alias)
            return []

        replica = {**connections[home].settings_dict, "REPLICA_OF": home}
        monkeypatch.setitem(connections.settings, "copy", replica)
        for module in (paging, repository):
            monkeypatch.setattr(module, "read", read)
        # Asks Django, which from 6.1 on connects to SQLite for the answer.
        monkeypatch.setattr(repository, "portions", lambda keys, _alias: [keys])
        return found

    def read_all(self) -> None:
        pallets = PalletRepository()
        pallets.find(uuid4())
        pallets.find(Q(code="P"))
        pallets.load(PalletRow.objects.all())
        pallets.page()
        pallets.read_as(PalletInfo, PalletRow.objects.all())
        pallets.priced_in(currency="EUR")

    @pytest.mark.django_db(transaction=True)
    def test_answer_outside_a_transaction(self, reads: list[str]) -> None:
        self.read_all()

        assert reads == ["copy"] * 6

    @pytest.mark.django_db(transaction=True)
    def test_never_answer_inside_one(self, reads: list[str]) -> None:
        with transactional("stock"):
            self.read_all()
            PalletRepository().load(PalletRow.objects.using("copy"))

        assert reads == [database_of("stock")] * 7

    def test_of_nothing_are_databases_of_their_own_whose_rows_are_not_held(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = stored()
        row = read(
            shape_of(PalletRepository, Pallet), PalletRow.objects.all(), database_of("stock")
        )
        monkeypatch.setattr(repository, "read", lambda *_args: row)

        with transactional("stock"):
            [elsewhere] = PalletRepository().load(PalletRow.objects.using("archive"))

            assert PalletRepository().get(key) is not elsewhere


class TestThreadsAndTasks:
    def test_a_thread_with_a_copied_context_sees_no_unit(self) -> None:
        seen: list[int] = []

        with transactional("stock"):
            context = contextvars.copy_context()
            thread = threading.Thread(target=context.run, args=(lambda: seen.append(_open()),))
            thread.start()
            thread.join()

            assert _open() == 1
        assert seen == [0]

    def test_a_task_and_a_pool_thread_see_no_unit(self) -> None:
        async def ask() -> tuple[int, int]:
            pooled = await sync_to_async(_open, thread_sensitive=False)()
            return pooled, await asyncio.create_task(sync_to_async(_open, thread_sensitive=False)())

        with transactional("stock"):
            context = contextvars.copy_context()
            seen: list[tuple[int, int]] = []
            thread = threading.Thread(
                target=context.run, args=(lambda: seen.append(asyncio.run(ask())),)
            )
            thread.start()
            thread.join()

        assert seen == [(0, 0)]

    def test_an_event_loop_is_refused_and_leaves_no_unit(self) -> None:
        async def write() -> None:
            with transactional("stock"):
                raise AssertionError

        with pytest.raises(SynchronousOnlyOperation):
            asyncio.run(write())

        assert not open_units()


def _open() -> int:
    try:
        return len(open_units())
    finally:
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()
