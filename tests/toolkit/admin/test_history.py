"""A row never changes without its entry in the history, which lives in another database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry, LogEntryManager
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.transaction import atomic
from django.test import Client

from bulkhead.admin import HistoryNotFirstError
from bulkhead.transactions import database_of
from tests.toolkit.admin.conftest import Yard
from tests.toolkit.admin.filling import form_on
from tests.toolkit.yard.stock.db.models import PalletRow
from tests.toolkit.yard.stock.domain.pallets import Pallet

pytestmark = [
    pytest.mark.component("stock"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.toolkit.admin.desk"),
]

LIST = "/desk/stock/palletrow/"
Post = Callable[[Client, Pallet], object]


def change(client: Client, pallet: Pallet) -> object:
    page = f"{LIST}{pallet.id}/change/"
    return client.post(page, form_on(client, page) | {"code": "changed"})


def rebuild(client: Client, pallet: Pallet) -> object:
    page = f"{LIST}{pallet.id}/change/"
    return client.post(page, form_on(client, page) | {"note": "changed"})


def add(client: Client, _pallet: Pallet) -> object:
    page = f"{LIST}add/"
    data = {"code": "added", "price_amount": "1", "price_currency": "EUR"}
    return client.post(page, form_on(client, page) | data)


def delete(client: Client, pallet: Pallet) -> object:
    page = client.get(f"{LIST}{pallet.id}/delete/").headers["Location"]
    return client.post(page, {"post": "yes"})


def act(client: Client, pallet: Pallet) -> object:
    data: dict[str, object] = {**form_on(client, LIST)}
    data |= {"action": "ship_pallet", "index": "0", "_selected_action": [str(pallet.id)]}
    return client.post(LIST, data)


EVERY_WAY = pytest.mark.parametrize("write", [add, change, rebuild, delete, act])


def rows() -> list[tuple[str, str, int]]:
    return list(PalletRow.objects.values_list("code", "state", "version"))


def in_two_databases() -> bool:
    return database_of("stock") != DEFAULT_DB_ALIAS


@pytest.fixture
def pallet(yard: Yard) -> Pallet:
    return yard.pallet("P-1")


@EVERY_WAY
class TestEntry:
    def test_is_there_with_the_change(
        self, admin_client: Client, pallet: Pallet, write: Post
    ) -> None:
        before = rows()

        write(admin_client, pallet)

        assert rows() != before
        assert LogEntry.objects.count() == 1

    def test_that_can_not_be_written_keeps_the_change_away(
        self,
        admin_client: Client,
        pallet: Pallet,
        write: Post,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(LogEntryManager, "log_actions", _fail)
        before = rows()

        with pytest.raises(OperationalError):
            write(admin_client, pallet)

        assert rows() == before

    def test_stays_alone_where_the_database_fails_to_commit_the_change(
        self,
        admin_client: Client,
        pallet: Pallet,
        write: Post,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        before = rows()

        with monkeypatch.context() as broken:
            _let_commit_fail(broken, database_of("stock"))
            with pytest.raises(OperationalError):
                write(admin_client, pallet)
        connections[database_of("stock")].close()

        assert rows() == before
        assert LogEntry.objects.count() == (1 if in_two_databases() else 0)

    def test_does_not_wait_for_the_end_of_the_request(
        self,
        admin_client: Client,
        pallet: Pallet,
        write: Post,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setitem(connections[DEFAULT_DB_ALIAS].settings_dict, "ATOMIC_REQUESTS", 1)

        write(admin_client, pallet)

        assert LogEntry.objects.count() == 1

    @pytest.mark.filterwarnings(
        "ignore::bulkhead.foreign_blocks.ForeignTransactionWarning"  # on one database it joins
    )
    def test_is_not_held_back_by_a_transaction_of_somebody_else(
        self, admin_client: Client, pallet: Pallet, write: Post
    ) -> None:
        if not in_two_databases():
            with atomic():
                write(admin_client, pallet)
            assert LogEntry.objects.count() == 1
            return
        before = rows()

        with pytest.raises(HistoryNotFirstError) as caught, atomic():
            write(admin_client, pallet)

        assert str(caught.value) == (
            "A transaction is open on 'default', which holds the admin's history, so the entry "
            "would be committed after the change in 'stock', or lost. End that transaction before "
            "the admin's view begins: ATOMIC_REQUESTS leaves these views out by itself, a "
            "middleware has to."
        )
        assert rows() == before


def _fail(*_args: object, **_kwargs: object) -> None:
    raise OperationalError


def _let_commit_fail(patch: pytest.MonkeyPatch, alias: str) -> None:
    """Let the database go away in the moment in which it would commit."""
    patch.setattr(connections[alias], "_commit", _fail)
