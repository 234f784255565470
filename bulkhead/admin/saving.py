"""Changes an aggregate through its services, in one transaction with what the history says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connections, router

from bulkhead.admin.rebuilding import rebuilt
from bulkhead.admin.refusals import refusing
from bulkhead.components import component_of_module
from bulkhead.errors import BulkheadError
from bulkhead.foreign_blocks import in_foreign_block
from bulkhead.transactions import again_after_lost_races, component_transaction, database_of

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest

    from bulkhead.admin.form_services import FormService, FormServices

R = TypeVar("R")
RETRIES = 5
"""How often a change is made again after a lost race in the database."""


class HistoryNotFirstError(BulkheadError):
    """The entry of the history would be committed after the change that it tells of."""

    def __init__(self, alias: str, *, history: str) -> None:
        super().__init__(
            f"A transaction is open on {history!r}, which holds the admin's history, so the entry "
            f"would be committed after the change in {alias!r}, or lost. End that transaction "
            f"before the admin's view begins: ATOMIC_REQUESTS leaves these views out by itself, "
            f"a middleware has to."
        )


class NothingAddedError(BulkheadError, TypeError):
    """A service that adds an aggregate has returned what is none."""

    def __init__(self, name: str, *, aggregate: str, returned: object) -> None:
        super().__init__(
            f"add_with calls {name}, which returned {type(returned).__name__}. "
            f"Let it return the {aggregate} that it has added, or its key."
        )


def in_one_transaction(label: str, change: Callable[[], R]) -> R:
    """Make a change in the component's transaction; a refusal comes out as RefusedError.

    What is written to the history within it is committed before the change, or with it.
    """
    require_history_first(database_of(label))
    with refusing(), component_transaction(label):
        return change()


def retrying(label: str, change: Callable[[], R]) -> R:
    """Make a change again after a lost race: no transaction may be open around it."""
    return again_after_lost_races(change, label=label, retry=RETRIES)


def require_history_first(alias: str) -> None:
    """Raise HistoryNotFirstError where somebody's transaction would hold the entry back."""
    from django.contrib.admin.models import LogEntry  # noqa: PLC0415 - needs the app

    history = router.db_for_write(LogEntry)
    if history != alias and in_foreign_block(connections[history]):
        raise HistoryNotFirstError(alias, history=history)


def label_of(service: Callable[..., object], row: type[Model]) -> str:
    """Return the component that a service belongs to, else that of the row."""
    component = component_of_module(service.__module__)
    return row._meta.app_label if component is None else component.label


def add(
    services: FormServices,
    service: FormService,
    request: HttpRequest,
    values: Mapping[str, object],
) -> Any:
    """Call the service that adds an aggregate, and return the key of the new row."""
    added = service.function(**service.arguments(request, values))
    shape = services.shape
    key = added
    if shape.key is not None and isinstance(added, shape.cls):
        key = getattr(added, shape.key.name)
    if key is None or services.repository().find(key) is None:
        name = f"{service.function.__module__}.{service.function.__name__}"
        raise NothingAddedError(name, aggregate=shape.cls.__name__, returned=added)
    return key if shape.key is None else shape.key.stored(key)


def change(  # noqa: PLR0913 - one for each thing that the form knows
    services: FormServices,
    request: HttpRequest,
    values: Mapping[str, object],
    *,
    row: Model,
    version: int | None,
    changed: frozenset[str],
    may_rebuild: Callable[[], None],
) -> None:
    """Call the service that changes an aggregate, then rebuild what is saved that way.

    The row is locked at the version that was seen, so that nobody comes between; `may_rebuild`
    is asked then.
    """
    key = _key(services, row)
    stored = services.repository().get(key, version=version, lock=True)
    rebuilt_alone = services.rebuild_only()
    again = {name: values[name] for name in rebuilt_alone & changed & values.keys()}
    if again:
        may_rebuild()
    if services.change is not None and not (changed and changed <= rebuilt_alone):
        given = services.change.arguments(request, values, key=key, version=version, stored=stored)
        services.change.function(**given)
    if again:
        repository = services.repository()
        repository.save(rebuilt(services.shape, repository.get(key), again))


def delete(
    services: FormServices,
    service: FormService,
    request: HttpRequest,
    *,
    row: Model,
    version: int | None,
) -> None:
    """Call the service that removes an aggregate, locked at the version that was seen."""
    key = _key(services, row)
    stored = services.repository().get(key, version=version, lock=True)
    service.function(**service.arguments(request, {}, key=key, version=version, stored=stored))


def _key(services: FormServices, row: Model) -> Any:
    return row.pk if services.shape.key is None else services.shape.key.loaded(row.pk)
