from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connections, router
from django.db.models import Model
from django.test import override_settings

from bulkhead.components import get_component
from bulkhead.routers import ComponentRouter, replicas_of
from tests.toolkit.yard.sales.db.models import OrderRow
from tests.toolkit.yard.stock.db.models import CrateRow, PalletRow

LetLiveIn = Callable[..., None]


@pytest.fixture
def let_live_in(monkeypatch: pytest.MonkeyPatch) -> LetLiveIn:
    """Put components into databases for a test, as their configs would: stock="one"."""

    def put(**aliases: str) -> None:
        for label, alias in aliases.items():
            monkeypatch.setattr(type(get_component(label)), "database", alias)

    return put


@pytest.fixture
def one_replica(let_live_in: LetLiveIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the database of stock, which is `default` here, a replica called `copy`."""
    let_live_in(stock="default")
    monkeypatch.setitem(settings.DATABASES, "copy", {"REPLICA_OF": "default"})


def read_from(alias: str, row: Model) -> Model:
    row._state.db = alias
    return row


class TestReadsAndWrites:
    def test_go_to_the_database_of_the_component(self, let_live_in: LetLiveIn) -> None:
        let_live_in(stock="one", sales="two")

        assert [router.db_for_read(PalletRow), router.db_for_write(PalletRow)] == ["one", "one"]
        assert [router.db_for_read(OrderRow), router.db_for_write(OrderRow)] == ["two", "two"]

    def test_follow_a_component_that_moves(self, let_live_in: LetLiveIn) -> None:
        let_live_in(stock="one")
        before = router.db_for_write(PalletRow)
        let_live_in(stock="two")

        assert [before, router.db_for_write(PalletRow)] == ["one", "two"]

    def test_of_other_apps_are_left_to_other_routers(self) -> None:
        bulkheads = ComponentRouter()

        assert bulkheads.db_for_read(User) is None
        assert bulkheads.db_for_write(User) is None
        assert [router.db_for_read(User), router.db_for_write(User)] == ["default", "default"]


class TestReplicas:
    def test_are_those_that_say_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(settings.DATABASES, "copy", {"REPLICA_OF": "default"})
        monkeypatch.setitem(settings.DATABASES, "other", {"REPLICA_OF": "elsewhere"})
        monkeypatch.setitem(settings.DATABASES, "copy_2", {"REPLICA_OF": "default"})

        assert replicas_of("default") == ["copy", "copy_2"]
        assert replicas_of("copy") == []

    @pytest.mark.usefixtures("one_replica")
    @pytest.mark.django_db(transaction=True)
    def test_answer_reads_outside_a_transaction(self) -> None:
        assert router.db_for_read(PalletRow) == "copy"
        assert router.db_for_write(PalletRow) == "default"

    @pytest.mark.usefixtures("one_replica")
    @pytest.mark.django_db
    def test_answer_none_inside_a_transaction(self) -> None:
        assert connections["default"].in_atomic_block

        assert router.db_for_read(PalletRow) == "default"

    @pytest.mark.django_db(transaction=True)
    def test_share_the_reads(self, let_live_in: LetLiveIn, monkeypatch: pytest.MonkeyPatch) -> None:
        let_live_in(stock="default")
        monkeypatch.setitem(settings.DATABASES, "copy", {"REPLICA_OF": "default"})
        monkeypatch.setitem(settings.DATABASES, "copy_2", {"REPLICA_OF": "default"})

        assert {router.db_for_read(PalletRow) for _ in range(100)} == {"copy", "copy_2"}

    @pytest.mark.usefixtures("one_replica")
    @pytest.mark.parametrize("app_label", ["stock", "auth", "sales"])
    def test_are_never_migrated(self, app_label: str) -> None:
        assert router.allow_migrate("copy", app_label) is False


class TestRelations:
    def test_within_a_component_are_allowed(self) -> None:
        assert ComponentRouter().allow_relation(PalletRow(), CrateRow()) is True

    def test_between_two_databases_are_refused(self, let_live_in: LetLiveIn) -> None:
        let_live_in(stock="one", sales="two")

        assert ComponentRouter().allow_relation(PalletRow(), OrderRow()) is False
        assert ComponentRouter().allow_relation(Group(), OrderRow()) is False
        assert ComponentRouter().allow_relation(OrderRow(), Group()) is False

    def test_in_one_database_are_left_to_others(self, let_live_in: LetLiveIn) -> None:
        let_live_in(stock="default", sales="default")

        assert ComponentRouter().allow_relation(PalletRow(), OrderRow()) is None
        assert ComponentRouter().allow_relation(Group(), OrderRow()) is None

    def test_in_one_database_are_refused_once_either_seals_references(
        self, let_live_in: LetLiveIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        let_live_in(stock="default", sales="default")
        monkeypatch.setattr(type(get_component("sales")), "seals", ("imports", "references"))

        assert ComponentRouter().allow_relation(PalletRow(), OrderRow()) is False
        assert ComponentRouter().allow_relation(OrderRow(), PalletRow()) is False
        assert ComponentRouter().allow_relation(Group(), OrderRow()) is False
        assert ComponentRouter().allow_relation(OrderRow(), OrderRow()) is True

    def test_in_one_database_ignore_other_seals(
        self, let_live_in: LetLiveIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        let_live_in(stock="default", sales="default")
        monkeypatch.setattr(type(get_component("sales")), "seals", ("imports",))

        assert ComponentRouter().allow_relation(PalletRow(), OrderRow()) is None

    def test_between_other_apps_are_left_to_others(self) -> None:
        assert ComponentRouter().allow_relation(User(), Group()) is None

    @pytest.mark.usefixtures("one_replica")
    def test_take_a_replica_for_the_same_database(self, let_live_in: LetLiveIn) -> None:
        let_live_in(sales="default")
        pallet, order = read_from("copy", PalletRow()), read_from("default", OrderRow())

        assert router.allow_relation(pallet, order) is True
        assert router.allow_relation(pallet, read_from("default", Group())) is True

    @pytest.mark.usefixtures("one_replica")
    def test_are_refused_by_a_seal_also_on_a_replica(
        self, let_live_in: LetLiveIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        let_live_in(sales="default")
        monkeypatch.setattr(type(get_component("stock")), "seals", ("references",))
        pallet, order = read_from("copy", PalletRow()), read_from("default", OrderRow())

        assert router.allow_relation(pallet, order) is False


class GuestRouter:
    """Lets sessions live in the database of sales."""

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool | None:
        return db == "two" if app_label == "sessions" else None


class TestMigrations:
    def test_of_a_component_run_in_its_database_alone(self, let_live_in: LetLiveIn) -> None:
        let_live_in(stock="one", sales="two")

        allowed = {
            (label, alias): router.allow_migrate(alias, label)
            for label in ("stock", "sales")
            for alias in ("default", "one", "two")
        }

        assert [place for place, is_allowed in allowed.items() if is_allowed] == [
            ("stock", "one"),
            ("sales", "two"),
        ]

    def test_of_components_may_share_a_database(self, let_live_in: LetLiveIn) -> None:
        let_live_in(stock="one", sales="one")

        assert router.allow_migrate("one", "stock")
        assert router.allow_migrate("one", "sales")

    def test_of_other_apps_stay_out_of_a_components_database(self, let_live_in: LetLiveIn) -> None:
        let_live_in(stock="one")

        assert router.allow_migrate("one", "auth") is False
        assert router.allow_migrate("one", "contenttypes", model_name="contenttype") is False

    def test_of_other_apps_are_left_to_others_elsewhere(self, let_live_in: LetLiveIn) -> None:
        let_live_in(stock="one", sales="default")

        assert ComponentRouter().allow_migrate("default", "auth") is None
        assert ComponentRouter().allow_migrate("of_nobody", "auth") is None

    @override_settings(
        DATABASE_ROUTERS=["bulkhead.routers.ComponentRouter", f"{__name__}.GuestRouter"]
    )
    def test_of_an_invited_app_run_in_a_components_database(self, let_live_in: LetLiveIn) -> None:
        let_live_in(stock="one", sales="two")

        assert router.allow_migrate("two", "sessions") is True
        assert router.allow_migrate("one", "sessions") is False
        assert router.allow_migrate("two", "auth") is False

    def test_with_python_code_ask_by_label_alone(self, let_live_in: LetLiveIn) -> None:
        let_live_in(stock="one")

        assert router.allow_migrate("one", "stock", reason="a hint of RunPython") is True
        assert router.allow_migrate("default", "stock", reason="a hint of RunPython") is False
