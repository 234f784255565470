"""Reads rows, with the rows below them, and builds aggregates of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connections

from bulkhead.repositories.errors import RefusedRowError
from bulkhead.repositories.shapes import ChildrenField, Shape, Stored

if TYPE_CHECKING:
    from django.db.models import QuerySet

_RowsOf = defaultdict[Any, list[Stored]]
_MOST_PARAMETERS = 10_000
"""How many keys one statement names, where the database itself sets no lower limit."""


def read(shape: Shape, rows: QuerySet[Any], alias: str) -> list[Stored]:
    """Return what the queryset selects, in its order, with a statement for each kind of child."""
    selected = rows.using(alias).prefetch_related(None).values_list("pk", *shape.columns)
    found = list(selected)
    below = _below(shape, [row[0] for row in found], alias)
    return [
        Stored(row[0], None, row[1:], tuple(tuple(rows_of[row[0]]) for rows_of in below))
        for row in found
    ]


def build(shape: Shape, row: Stored) -> Any:
    """Return the aggregate that a row and the rows below it make.

    Raise RefusedRowError where its constructor refuses them.
    """
    children = [
        [build(field.shape, child) for child in below]
        for field, below in zip(shape.children, row.children, strict=True)
    ]
    try:
        return shape.build(row.values, children)
    except Exception as error:
        table = shape.model._meta.db_table
        name = shape.cls.__name__
        raise RefusedRowError(name, table=table, key=row.key, error=error) from error


def portions(keys: Sequence[Any], alias: str) -> Iterator[Sequence[Any]]:
    """Yield as many keys at a time as one statement may name in this database."""
    most = min(connections[alias].features.max_query_params or _MOST_PARAMETERS, _MOST_PARAMETERS)
    for start in range(0, len(keys), most):
        yield keys[start : start + most]


def _below(shape: Shape, keys: Sequence[Any], alias: str) -> list[_RowsOf]:
    return [_children(field, keys, alias) for field in shape.children]


def _children(field: ChildrenField, keys: Sequence[Any], alias: str) -> _RowsOf:
    """Return the rows of one kind of child, in their order, by the key of their parent."""
    shape = field.shape
    of_parent: defaultdict[Any, list[Stored]] = defaultdict(list)
    for some in portions(keys, alias):
        selected = list(_selected(field, some, alias))
        below = _below(shape, [row[0] for row in selected], alias)
        for key, parent, place, *values in selected:
            children = tuple(tuple(rows_of[key]) for rows_of in below)
            kept = place if field.place else None
            of_parent[parent].append(Stored(key, kept, tuple(values), children))
    return of_parent


def _selected(field: ChildrenField, keys: Sequence[Any], alias: str) -> QuerySet[Any, Any]:
    fk = field.foreign_key
    order = [name for name in (field.order_by, "pk") if name]
    rows = field.shape.model._base_manager.using(alias).filter(**{f"{fk.name}__in": keys})
    return rows.order_by(*order).values_list(
        "pk", fk.attname, field.place or "pk", *field.shape.columns
    )
