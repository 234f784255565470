"""Where each model's rows live, and how Django's own commands are made to go there, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import get_ident
from typing import TypeAlias

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.models import Model

from bulkhead.management.destinations import left_alone, migrated_databases

Homes: TypeAlias = Mapping[type[Model], str | None]


class Everywhere(str):
    """An alias that is no choice: what is done `using` it goes where the routers say.

    Django takes `using or what the routers say`, so it is false; as a name it is `default`.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        """Say that no database was chosen."""
        return False


EVERYWHERE = Everywhere(DEFAULT_DB_ALIAS)


def primary_databases() -> list[str]:
    """Return `default`, those of components, and the others, replicas aside."""
    aliases = [*migrated_databases(), *left_alone()]
    return [alias for alias in aliases if alias in connections]


def homes_of_models() -> Homes:
    """Return the one database that each installed model's rows are read from and loaded into.

    It is where the routers write the model, or else the first in which they let it migrate; None
    where they let it migrate in none.
    """
    models = apps.get_models(include_auto_created=True, include_swapped=True)
    aliases = primary_databases()
    return {model: _home(model._meta.concrete_model or model, aliases) for model in models}


@contextmanager
def rows_at_home() -> Iterator[Homes]:
    """Send what is read and written `using` EVERYWHERE in this thread to each model's home."""
    homes = homes_of_models()
    with _asked_first(_HomeRouter(homes)):
        yield homes


@contextmanager
def these_apps_alone(labels: Iterable[str]) -> Iterator[None]:
    """Let no other app migrate anywhere, in this thread: its tables are none of ours."""
    with _asked_first(_AppsRouter(frozenset(labels))):
        yield


class _OfThisThread:
    """A router that has no opinion in other threads: they go on serving requests."""

    def __init__(self) -> None:
        self._thread = get_ident()

    def _is_asked_here(self) -> bool:
        return get_ident() == self._thread


class _HomeRouter(_OfThisThread):
    def __init__(self, homes: Homes) -> None:
        super().__init__()
        self._homes = homes

    def db_for_read(self, model: type[Model], **_hints: object) -> str | None:
        return self._homes.get(model) if self._is_asked_here() else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, _app_label: str, **hints: object) -> bool | None:
        if not isinstance(db, Everywhere) or not self._is_asked_here():
            return None
        return self._homes.get(hints["model"]) is not None  # type: ignore[call-overload]


class _AppsRouter(_OfThisThread):
    def __init__(self, labels: frozenset[str]) -> None:
        super().__init__()
        self._labels = labels

    def allow_migrate(self, _db: str, app_label: str, **_hints: object) -> bool | None:
        return False if self._is_asked_here() and app_label not in self._labels else None


@contextmanager
def _asked_first(one: object) -> Iterator[None]:
    """Put a router before all others; lists that other threads go through stay as they are."""
    router.routers = [one, *router.routers]
    try:
        yield
    finally:
        router.routers = [other for other in router.routers if other is not one]


def _home(model: type[Model], aliases: list[str]) -> str | None:
    written = router.db_for_write(model)
    places = [alias for alias in aliases if router.allow_migrate_model(alias, model)]
    if written in places:
        return written
    return places[0] if places else None
