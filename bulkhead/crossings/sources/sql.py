"""The tables that SQL names."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import sqlglot
from sqlglot import exp

DIALECTS = ("postgres", "sqlite")
"""Those in which SQL is tried to be read, in this order."""

_ALTERED = re.compile(
    r'ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?(?:"?\w+"?\.)?"?(\w+)"?\s', re.IGNORECASE
)


def tables_in(sql: str) -> set[str] | None:
    """Return the tables that SQL names, in small letters; None where it can't be read."""
    for dialect in DIALECTS:
        try:
            with _without_warnings():
                parts = [part for part in sqlglot.parse(sql, dialect=dialect) if part]
        except sqlglot.errors.SqlglotError:
            continue
        tables = [_altered(part) if part.find(exp.Command) else {*_tables(part)} for part in parts]
        if None not in tables:
            return {table for named in tables if named for table in named}
    return None


def _altered(part: exp.Expr) -> set[str] | None:
    """Return the table of an ALTER TABLE whose changes the parser does not know."""
    changed = _ALTERED.match(part.sql())
    return {changed[1].lower()} if changed else None


def _tables(part: exp.Expr) -> Iterator[str]:
    named = {cte.alias_or_name.lower() for cte in part.find_all(exp.CTE)}
    tables = [table.name.lower() for table in part.find_all(exp.Table)]
    yield from (table for table in tables if table not in named)
    if not isinstance(part, exp.Query | exp.DML | exp.DDL):
        yield from (column.table.lower() for column in part.find_all(exp.Column) if column.table)


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Keep the parser from printing what it can't read: that is told by a reason."""
    logger = logging.getLogger("sqlglot")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
