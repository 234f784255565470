from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from django.core.checks import Error
from django.core.checks import Warning as CheckWarning
from django.db.utils import ConnectionHandler, ConnectionRouter
from django.test import override_settings

from bulkhead import routers
from bulkhead.checks import databases as checks
from bulkhead.routers import ComponentRouter

SQLITE = {"ENGINE": "django.db.backends.sqlite3"}
POSTGRESQL = {"ENGINE": "django.db.backends.postgresql"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeComponent:
    label: str
    database_alias: str


Install: TypeAlias = Callable[..., None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return what sets DATABASES, by alias, and the components in them, by label."""

    def install(databases: dict[str, dict[str, Any]], **homes: str) -> None:
        handler = ConnectionHandler({"default": dict(SQLITE), **databases})
        components = tuple(
            FakeComponent(label=label, database_alias=alias) for label, alias in homes.items()
        )
        monkeypatch.setattr(checks, "connections", handler)
        monkeypatch.setattr(routers, "connections", handler)
        monkeypatch.setattr(checks, "installed_components", lambda: components)

    return install


@pytest.fixture
def use_routers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def use(*routers: object) -> None:
        monkeypatch.setattr(checks, "router", ConnectionRouter(list(routers)))

    return use


class LegacyRouter:
    """A router of the project's own."""


class TestHomes:
    def test_e010_names_a_database_that_is_not_there(self, install: Install) -> None:
        install({}, invoicing="invocing")

        found = checks.check_homes()

        assert found == [
            Error(
                "The component 'invoicing' lives in 'invocing', which is not in DATABASES.",
                hint="Set `database` of its config to one of: default.",
                obj="invoicing",
                id="bulkhead.E010",
            )
        ]

    def test_e010_names_a_replica(self, install: Install) -> None:
        install({"copy": {**SQLITE, "REPLICA_OF": "default"}}, invoicing="copy")

        found = checks.check_homes()

        assert found == [
            Error(
                "The component 'invoicing' lives in 'copy', a replica of 'default', which is "
                "never written.",
                hint="Set `database` of its config to one of: default.",
                obj="invoicing",
                id="bulkhead.E010",
            )
        ]

    def test_several_components_may_share_a_database(self, install: Install) -> None:
        install({"money": dict(SQLITE)}, invoicing="money", budgeting="money", other="default")

        assert checks.check_homes() == []


class TestUnclaimedDatabases:
    def test_w010_names_a_database_in_which_nothing_lives(
        self, install: Install, use_routers: Install
    ) -> None:
        use_routers(ComponentRouter())
        install({"invocing": dict(SQLITE)}, invoicing="default")

        found = checks.check_unclaimed_databases()

        assert found == [
            CheckWarning(
                "No component lives in the database 'invocing', and no router sends anything "
                "there.",
                hint=(
                    "Correct the name: a component lives in the alias of its label. "
                    "Components: invoicing. Or drop the database, or silence this check where "
                    "`using()` alone reaches it."
                ),
                obj="DATABASES",
                id="bulkhead.W010",
            )
        ]

    def test_another_router_may_send_rows_there(
        self, install: Install, use_routers: Install
    ) -> None:
        use_routers(ComponentRouter(), LegacyRouter())
        install({"archive": dict(SQLITE)}, invoicing="default")

        assert checks.check_unclaimed_databases() == []

    def test_a_component_or_a_replica_may_be_there(
        self, install: Install, use_routers: Install
    ) -> None:
        use_routers(ComponentRouter())
        install(
            {"money": dict(SQLITE), "copy": {**SQLITE, "REPLICA_OF": "money"}}, invoicing="money"
        )

        assert checks.check_unclaimed_databases() == []

    def test_a_project_without_components_may_have_it(
        self, install: Install, use_routers: Install
    ) -> None:
        use_routers(ComponentRouter())
        install({"archive": dict(SQLITE)})

        assert checks.check_unclaimed_databases() == []


class TestPhysicalDatabases:
    HINT = (
        "Keep one of them, and name it as the `database` of every component in it. Two "
        "connections to one database can wait for each other for ever."
    )

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({**SQLITE, "NAME": "var/a.db"}, {**SQLITE, "NAME": Path("var/../var/a.db")}),
            ({**SQLITE, "NAME": Path("a.db").absolute()}, {**SQLITE, "NAME": "a.db"}),
            ({**SQLITE, "NAME": "a.db"}, {**SQLITE, "NAME": "file:a.db?mode=rwc"}),
            (
                {**SQLITE, "NAME": "file:a?mode=memory&cache=shared"},
                {**SQLITE, "NAME": "file:a?mode=memory&cache=shared"},
            ),
            (
                {**POSTGRESQL, "NAME": "a", "HOST": "localhost"},
                {**POSTGRESQL, "NAME": "a", "HOST": "127.0.0.1", "PORT": 5432, "USER": "me"},
            ),
            (
                {**POSTGRESQL, "NAME": "a"},
                {**POSTGRESQL, "NAME": "a", "CONN_MAX_AGE": 9},
            ),
            (
                {**POSTGRESQL, "OPTIONS": {"service": "a"}},
                {**POSTGRESQL, "OPTIONS": {"service": "a"}},
            ),
        ],
    )
    def test_e011_names_both_aliases(
        self, install: Install, one: dict[str, Any], other: dict[str, Any]
    ) -> None:
        install({"invoicing": one, "budgeting": other})

        found = checks.check_physical_databases()

        assert found == [
            Error(
                "The aliases 'budgeting', 'invoicing' mean one database.",
                hint=self.HINT,
                obj="DATABASES",
                id="bulkhead.E011",
            )
        ]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({**SQLITE, "NAME": "a.db"}, {**SQLITE, "NAME": "b.db"}),
            ({**SQLITE, "NAME": ":memory:"}, {**SQLITE, "NAME": ":memory:"}),
            (
                {**SQLITE, "NAME": "file:a?mode=memory&cache=shared"},
                {**SQLITE, "NAME": "file:b?mode=memory&cache=shared"},
            ),
            ({**POSTGRESQL, "NAME": "a"}, {**POSTGRESQL, "NAME": "b"}),
            (
                {**POSTGRESQL, "NAME": "a", "HOST": "one"},
                {**POSTGRESQL, "NAME": "a", "HOST": "two"},
            ),
            (
                {**POSTGRESQL, "NAME": "a", "PORT": "5432"},
                {**POSTGRESQL, "NAME": "a", "PORT": "5433"},
            ),
            (
                {**POSTGRESQL, "NAME": "a", "OPTIONS": {"options": "-c search_path=one"}},
                {**POSTGRESQL, "NAME": "a", "OPTIONS": {"options": "-c search_path=two"}},
            ),
            ({**SQLITE, "NAME": "a"}, {**POSTGRESQL, "NAME": "a"}),
            (
                {**POSTGRESQL, "NAME": "a"},
                {**POSTGRESQL, "NAME": "a", "REPLICA_OF": "invoicing"},
            ),
            (
                {**POSTGRESQL, "NAME": "a"},
                {**POSTGRESQL, "NAME": "a", "TEST": {"MIRROR": "invoicing"}},
            ),
            (
                {"ENGINE": "django.db.backends.dummy"},
                {"ENGINE": "django.db.backends.dummy"},
            ),
        ],
    )
    def test_two_databases_and_copies_are_allowed(
        self, install: Install, one: dict[str, Any], other: dict[str, Any]
    ) -> None:
        install({"invoicing": one, "budgeting": other})

        assert checks.check_physical_databases() == []


class TestAtomicRequests:
    def test_e012_names_the_databases(self, install: Install) -> None:
        install(
            {
                "default": {**SQLITE, "ATOMIC_REQUESTS": True},
                "invoicing": {**SQLITE, "ATOMIC_REQUESTS": True},
                "budgeting": dict(SQLITE),
            }
        )

        found = checks.check_atomic_requests()

        assert found == [
            Error(
                "ATOMIC_REQUESTS is on for several databases: 'default', 'invoicing'. "
                "Every view opens a transaction on each, and fails when one of them is down.",
                hint=(
                    "Leave it on for one at most, or for none: @transactional opens a component's "
                    "transaction where it is needed."
                ),
                obj="DATABASES",
                id="bulkhead.E012",
            )
        ]

    def test_one_database_may_have_it(self, install: Install) -> None:
        install({"default": {**SQLITE, "ATOMIC_REQUESTS": True}, "invoicing": dict(SQLITE)})

        assert checks.check_atomic_requests() == []


class TestRouter:
    HINT = 'Put "bulkhead.routers.ComponentRouter" first in DATABASE_ROUTERS.'

    @pytest.mark.parametrize("routers", [(), (LegacyRouter(),)])
    def test_e013_says_that_it_is_missing(
        self, install: Install, use_routers: Install, routers: tuple[object, ...]
    ) -> None:
        use_routers(*routers)
        install({"invoicing": dict(SQLITE)}, invoicing="invoicing", other="default")

        found = checks.check_router()

        assert found == [
            Error(
                "Components have databases of their own: invoicing. "
                "ComponentRouter is not in DATABASE_ROUTERS.",
                hint=self.HINT,
                obj="DATABASE_ROUTERS",
                id="bulkhead.E013",
            )
        ]

    def test_e013_says_that_it_is_not_first(self, install: Install, use_routers: Install) -> None:
        use_routers(LegacyRouter(), ComponentRouter())
        install({"invoicing": dict(SQLITE)}, invoicing="invoicing")

        found = checks.check_router()

        assert found == [
            Error(
                "Components have databases of their own: invoicing. ComponentRouter stands after "
                f"{__name__}.LegacyRouter in DATABASE_ROUTERS, which may answer in its place.",
                hint=self.HINT,
                obj="DATABASE_ROUTERS",
                id="bulkhead.E013",
            )
        ]

    def test_it_may_stand_before_others(self, install: Install, use_routers: Install) -> None:
        use_routers(ComponentRouter(), LegacyRouter())
        install({"invoicing": dict(SQLITE)}, invoicing="invoicing")

        assert checks.check_router() == []

    def test_it_may_be_missing_where_all_live_in_default(
        self, install: Install, use_routers: Install
    ) -> None:
        use_routers()
        install({}, invoicing="default")

        assert checks.check_router() == []


class TestReplicas:
    @pytest.mark.parametrize("primary", ["invocing", "copy", "other_copy"])
    def test_e016_names_a_replica_of_nothing(self, install: Install, primary: str) -> None:
        install(
            {
                "copy": {**SQLITE, "REPLICA_OF": primary},
                "other_copy": {
                    **SQLITE,
                    "REPLICA_OF": "default",
                    "TEST": {"MIRROR": "default"},
                },
            }
        )

        found = checks.check_replicas()

        assert found == [
            Error(
                f"'copy' is declared REPLICA_OF {primary!r}, which is no database to copy from.",
                hint="Name one of: default.",
                obj="DATABASES",
                id="bulkhead.E016",
            )
        ]

    def test_w016_names_a_replica_that_tests_would_fill(self, install: Install) -> None:
        install({"copy": {**SQLITE, "REPLICA_OF": "default"}})

        found = checks.check_replicas()

        assert found == [
            CheckWarning(
                "Tests make a database of its own for 'copy', a replica of 'default', "
                "and read nothing in it.",
                hint="Add TEST = {\"MIRROR\": 'default'} to its entry in DATABASES.",
                obj="DATABASES",
                id="bulkhead.W016",
            )
        ]

    def test_a_replica_that_mirrors_its_primary_is_allowed(self, install: Install) -> None:
        install({"copy": {**SQLITE, "REPLICA_OF": "default", "TEST": {"MIRROR": "default"}}})

        assert checks.check_replicas() == []

    def test_a_mirror_that_is_no_replica_is_none_of_ours(self, install: Install) -> None:
        install({"copy": {**SQLITE, "TEST": {"MIRROR": "default"}}})

        assert checks.check_replicas() == []


class TestSettings:
    @override_settings(BULKHEAD={"EDGE": ("api",)})
    def test_e017_names_an_unknown_setting(self) -> None:
        [error] = checks.check_settings()

        assert error == Error(
            "BULKHEAD has no setting EDGE. Its settings are: COMPONENTS, DOMAIN_LIBRARIES, "
            "EDGES, EXCLUDE, LEDGER, SHARED_KERNEL. Correct or drop the name.",
            hint="Correct BULKHEAD in the settings.",
            obj="BULKHEAD",
            id="bulkhead.E017",
        )

    @override_settings(BULKHEAD={"EDGES": ("api",)})
    def test_known_ones_are_allowed(self) -> None:
        assert checks.check_settings() == []
