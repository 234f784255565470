"""Which repository stores the rows of a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from bulkhead.components import installed_components
from bulkhead.repositories.declarations import Children, Declaration

if TYPE_CHECKING:
    from django.db.models import Model

    from bulkhead.repositories.repository import Repository

    AnyRepository = type[Repository[Any, Any]]

_known: list[AnyRepository] = []


def register(repository: AnyRepository) -> None:
    """Remember a repository, for the rows that it writes."""
    _known.append(repository)


def rows_of(repository: AnyRepository) -> tuple[type[Model], ...]:
    """Return the rows that a repository writes: those of the aggregate, and of its parts."""
    return (repository.row_class, *_rows_below(declarations_of(repository)))


def repository_of(row: type[Model]) -> AnyRepository | None:
    """Return the repository that stores this row, as an aggregate, else as a part of one."""
    whole = next((found for found in _known if found.row_class is row), None)
    return whole or next((found for found in _known if row in rows_of(found)), None)


def installed_repositories() -> list[AnyRepository]:
    """Import every component's `db/repositories.py`, and return all repositories by name."""
    for component in installed_components():
        name = f"{component.name}.db.repositories"
        if component.has_db_layer and find_spec(name) is not None:
            import_module(name)
    return sorted(_known, key=lambda found: (found.__module__, found.__qualname__))


def declarations_of(repository: type) -> dict[str, Declaration]:
    """Return what a repository's body, and those it inherits from, declare of its fields."""
    return {
        name: value
        for cls in reversed(repository.__mro__)
        for name, value in vars(cls).items()
        if isinstance(value, Declaration)
    }


def _rows_below(declared: Mapping[str, Declaration]) -> Iterator[type[Model]]:
    for declaration in declared.values():
        if isinstance(declaration, Children):
            yield declaration.row
            yield from _rows_below(declaration.declared)
