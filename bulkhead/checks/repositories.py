"""Checks E030 to E049: repositories whose declaration does not fit their classes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from inspect import getmembers
from typing import TYPE_CHECKING, Any
from weakref import ReferenceType

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004
from django.core.exceptions import FieldError
from django.db.models import DateField, Model, TimeField, signals

from bulkhead.checks.subjects import check
from bulkhead.repositories.declarations import Finder
from bulkhead.repositories.planning import plan
from bulkhead.repositories.problems import unknown_finder_order
from bulkhead.repositories.registry import installed_repositories, rows_of
from bulkhead.repositories.repository import Repository

if TYPE_CHECKING:
    AnyRepository = type[Repository[Any, Any]]

SIGNALS = {
    "pre_init": (),
    "post_init": (),
    "pre_save": ("add", "save"),
    "post_save": ("add", "save"),
    "pre_delete": ("remove",),
    "post_delete": ("remove",),
}
"""Which methods a repository overrides that sends a signal itself."""


@check
def check_repositories(**_kwargs: object) -> list[CheckMessage]:
    """Report all that does not fit, of every repository in a component's `db/repositories.py`."""
    return [
        message for repository in installed_repositories() for message in messages_of(repository)
    ]


def messages_of(repository: AnyRepository) -> Iterator[CheckMessage]:
    """Yield what is wrong with one repository."""
    _, problems = plan(repository, repository.aggregate_class)  # type: ignore[arg-type] # a class is hashable
    for problem in problems:
        yield Error(problem.message, hint=problem.hint, obj=repository, id=problem.id)
    yield from _unknown_orders(repository)
    yield from _hidden_methods(repository)
    for row in rows_of(repository):
        yield from _automatic_times(repository, row)
        yield from _receivers(repository, row)


def _unknown_orders(repository: AnyRepository) -> Iterator[CheckMessage]:
    for name, finder in getmembers(repository, lambda held: isinstance(held, Finder)):
        try:
            repository.row_class._base_manager.order_by(*finder.order_by)
        except FieldError as error:
            problem = unknown_finder_order(repository.__name__, name, error=error)
            yield Error(problem.message, hint=problem.hint, obj=repository, id=problem.id)


def _hidden_methods(repository: AnyRepository) -> Iterator[CheckMessage]:
    cls = repository.aggregate_class
    fields = dataclasses.fields(cls) if dataclasses.is_dataclass(cls) else ()
    for field in fields:
        if hasattr(Repository, field.name):
            yield Error(
                f"{cls.__name__}.{field.name} is called like a method of Repository: a "
                f"declaration of that name in {repository.__name__} would hide the method.",
                hint=f"Rename the field; a column may go on being called {field.name!r}.",
                obj=repository,
                id="bulkhead.E034",
            )


def _automatic_times(repository: AnyRepository, row: type[Model]) -> Iterator[CheckMessage]:
    for column in row._meta.concrete_fields:
        automatic = isinstance(column, DateField | TimeField) and (
            column.auto_now or column.auto_now_add
        )
        if automatic:
            yield Warning(
                f"{row.__name__}.{column.name} sets itself where a row is added, whatever the "
                f"aggregate holds, and not where {repository.__name__} saves one.",
                hint="Drop auto_now and auto_now_add, and set the time in the domain.",
                obj=repository,
                id="bulkhead.W035",
            )


def _receivers(repository: AnyRepository, row: type[Model]) -> Iterator[CheckMessage]:
    for name, methods in SIGNALS.items():
        if methods and not any(_is_inherited(repository, method) for method in methods):
            continue
        for receiver in _own_receivers(name, row):
            yield Warning(
                f"{receiver} waits for {name} of {row.__name__}. {repository.__name__} sends "
                f"no signals, so it will not run.",
                hint="Call it from the service that makes the change.",
                obj=repository,
                id="bulkhead.W036",
            )


def _is_inherited(repository: AnyRepository, method: str) -> bool:
    return getattr(repository, method) is getattr(Repository, method)


def _own_receivers(name: str, row: type[Model]) -> list[str]:
    """Return the receivers of this row alone; one of all models is a matter of its own."""
    signal: Any = getattr(signals, name)
    found = [entry[1] for entry in signal.receivers if entry[0][1] == id(row)]
    receivers = [each() if isinstance(each, ReferenceType) else each for each in found]
    return [_name(each) for each in receivers if each is not None]


def _name(receiver: Any) -> str:
    named = receiver if hasattr(receiver, "__qualname__") else type(receiver)
    return f"{named.__module__}.{named.__qualname__}"
