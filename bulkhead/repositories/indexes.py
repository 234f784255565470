"""Which orders the indexes of a row serve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.db.models.expressions import OrderBy

if TYPE_CHECKING:
    from django.db.models import Index, Model

    from bulkhead.repositories.keysets import Keyset

Columns = list[tuple[str, bool]]
"""Names, and whether they fall."""

_SORTED = frozenset({"idx", "btree"})
"""The suffixes of the indexes that hold their rows in order."""


def served(keyset: Keyset) -> bool:
    """Return whether an index begins with the columns of this order, either way round."""
    wanted = [(place.name, place.falls) for place in keyset.places]
    reverse = [(name, not falls) for name, falls in wanted]
    begin = [columns[: len(wanted)] for columns in _indexes(keyset.row)]
    return wanted in begin or reverse in begin


def _indexes(row: type[Model]) -> Iterator[Columns]:
    """Return the columns of each index over all rows."""
    options = row._meta
    for field in options.concrete_fields:
        if getattr(field, "db_index", False) or field.unique:
            yield [(field.attname, False)]
    unique = [*options.unique_together, *(each.fields for each in options.total_unique_constraints)]
    declared = [_of_index(index) for index in options.indexes if _is_sorted(index)]
    for named in [*([(name, False) for name in names] for names in unique), *declared]:
        yield [(options.get_field(name).attname, falls) for name, falls in named]  # type: ignore[union-attr]


def _is_sorted(index: Index) -> bool:
    """Return whether this is an index over all rows, which holds them in order."""
    return index.condition is None and index.suffix in _SORTED


def _of_index(index: Index) -> Columns:
    if index.expressions:
        return _of_expressions(index.expressions)
    return [(name, direction == "DESC") for name, direction in index.fields_orders]


def _of_expressions(expressions: Iterable[Any]) -> Columns:
    """Return the columns of an index of expressions, up to the first that is no column."""
    read = map(_of_expression, expressions)
    return [found for found in takewhile(lambda found: found is not None, read) if found]


def _of_expression(expression: Any) -> tuple[str, bool] | None:
    falls = isinstance(expression, OrderBy) and expression.descending
    inner = expression.expression if isinstance(expression, OrderBy) else expression
    return (inner.name, falls) if isinstance(inner, F) else None  # type: ignore[attr-defined]
