"""Rows of a model in another database than the one that they are read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import DatabaseError, connections
from django.db.models import Model

from bulkhead.management.homes import Homes


@dataclass(frozen=True, slots=True, kw_only=True)
class StrayRows:
    """How many rows a table has in a database that its model does not live in."""

    model: type[Model]
    alias: str
    rows: int

    @property
    def table(self) -> str:
        """The table's name."""
        return self.model._meta.db_table


def stray_rows(models: Iterable[type[Model]], homes: Homes, alias: str) -> list[StrayRows]:
    """Return the rows of these models that are in this database, where they do not live.

    A table that some other model has at home there is that model's.
    """
    here = {model._meta.db_table for model, home in homes.items() if home == alias}
    candidates = {
        model._meta.db_table: model
        for model in models
        if homes.get(model) != alias and not model._meta.proxy
    }
    tables = candidates.keys() & set(_tables(alias)) - here
    found = (
        StrayRows(model=candidates[table], alias=alias, rows=rows)
        for table in sorted(tables)
        if (rows := count_rows(table, alias))
    )
    return list(found)


def count_rows(table: str, alias: str) -> int:
    """Return the number of rows of a table, 0 where it can't be read."""
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a quoted name
            (rows,) = cursor.fetchone()
    except DatabaseError:
        return 0
    return int(rows)


def in_words(strays: Iterable[StrayRows]) -> str:
    """Return the numbers of rows, with their tables."""
    return ", ".join(f"{stray.rows} in {stray.table}" for stray in strays)


def _tables(alias: str) -> Iterator[str]:
    with connections[alias].cursor() as cursor:
        yield from connections[alias].introspection.table_names(cursor)
