"""Judges what a repository is given, before it reads or writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from bulkhead.errors import StaleAggregateError
from bulkhead.repositories.errors import (
    ForeignAggregateError,
    ForeignRowsError,
    ForeignVersionError,
    NoKeyError,
    NoVersionError,
)
from bulkhead.repositories.versions import AskedVersion

if TYPE_CHECKING:
    from bulkhead.repositories.repository import Repository
    from bulkhead.repositories.shapes import Shape, Stored


def require_aggregate(repository: Repository[Any, Any], given: object) -> None:
    """Raise ForeignAggregateError for all but the very class: of another, half would be stored."""
    cls = repository.aggregate_class
    if type(given) is not cls:
        raise ForeignAggregateError(
            type(repository).__name__, expected=cls.__name__, given=type(given).__name__
        )


def require_key(shape: Shape, aggregate: Any, *, call: str) -> Any:
    """Return the key of an aggregate, or raise NoKeyError."""
    key = shape.key_of(aggregate)
    if key is None:
        raise NoKeyError(shape.cls.__name__, call=call)
    return key


def require_version(shape: Shape, aggregate: Any, asked: int) -> None:
    """Raise StaleAggregateError for another version, and NoVersionError where there is none."""
    name = shape.cls.__name__
    if shape.version is None:
        raise NoVersionError(name)
    if isinstance(asked, AskedVersion):
        _require_own(shape, aggregate, asked)
        if asked.key is None:
            return
    found = shape.version_of(aggregate)
    if found != asked:
        key = shape.key_of(aggregate)
        raise StaleAggregateError(name, key, expected=int(asked), found=found, asked_for=True)


def _require_own(shape: Shape, aggregate: Any, asked: AskedVersion) -> None:
    """Raise ForeignVersionError for the version of another aggregate."""
    key = str(shape.key_of(aggregate))
    if asked.aggregate is not shape.cls or asked.key not in {None, key}:
        raise ForeignVersionError(
            shape.cls.__name__, key, given=asked.aggregate.__name__, given_key=asked.key
        )


def require_version_of(shape: Shape, aggregate: Any, row: Stored) -> None:
    """Raise StaleAggregateError for an aggregate of another version than its row."""
    expected, found = shape.version_of(aggregate), shape.version_in(row)
    if expected != found:
        raise StaleAggregateError(shape.cls.__name__, row.key, expected=expected, found=found)


def stored_key(shape: Shape, given: object) -> Any | None:
    """Return a key as the row holds it, None for what can't be one."""
    pk = shape.model._meta.pk
    try:
        key = pk.to_python(given if shape.key is None else shape.key.stored(given))
        if isinstance(key, int):
            pk.run_validators(key)  # a number may be too large for the column
    except ValidationError:
        return None
    return key


def require_rows(repository: Repository[Any, Any], rows: object) -> None:
    """Raise ForeignRowsError for what is no queryset of the repository's rows."""
    row = repository.row_class
    if not isinstance(rows, QuerySet):
        given = type(rows).__name__
    elif rows.model._meta.concrete_model is not row._meta.concrete_model:
        given = f"a queryset of {rows.model.__name__}"
    elif rows._fields is not None or rows.query.combinator:  # type: ignore[attr-defined]
        given = "values() or a union()"
    else:
        return
    raise ForeignRowsError(type(repository).__name__, expected=row.__name__, given=given)
