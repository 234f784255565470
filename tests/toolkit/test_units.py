from __future__ import annotations

import asyncio
import contextvars
import threading
from decimal import Decimal
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.db import connections, transaction

from bulkhead.errors import StaleAggregateError
from bulkhead.transactions import database_of, transactional
from bulkhead.units import open_units
from tests.toolkit.yard.stock.db.models import PalletRow
from tests.toolkit.yard.stock.db.repositories import PalletRepository, ShelfRepository
from tests.toolkit.yard.stock.domain.pallets import Pallet, Price, Shelf
from tests.toolkit.yard.stock.service import pallets as service

pytestmark = pytest.mark.component("stock")


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


def _open() -> int:
    try:
        return len(open_units())
    finally:
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()
