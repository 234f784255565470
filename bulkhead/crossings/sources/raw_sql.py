"""Crossings of the kind `raw-sql`: another component's tables in SQL that somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.facts import Call, FileFacts, Value
from bulkhead.crossings.sources.seen import Reporter, is_first_party, leads_out, reporters
from bulkhead.crossings.sources.terms import (
    argument,
    chain,
    has_argument,
    is_constant,
    items_of,
    last_name,
    term_of,
)
from bulkhead.crossings.sources.values import Values
from bulkhead.crossings.world import World

KIND = "raw-sql"

TAKEN_FIRST = {"RawSQL", "execute", "executemany", "raw"}
"""What takes SQL as its first argument."""

RUNNING = "The SQL is put together while it runs."
UNREAD = "The SQL can't be read as that of PostgreSQL or SQLite."

_STATEMENT = re.compile(
    r"\s*(alter|create|delete|do|drop|explain|insert|lock|merge|refresh|select|truncate|update|with)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


def raw_sql(world: World) -> Iterator[Link | Unresolved]:
    """Yield the tables of other components that SQL names."""
    source = _RawSql(world)
    for reporter, facts in reporters(world, KIND):
        yield from source.calls(reporter, facts)


class _RawSql:
    def __init__(self, world: World) -> None:
        self._world = world
        self._values = Values(world)
        tables = world.registry.by_table
        self._symbols = {
            table: model.symbol
            for table, model in tables.items()
            if is_first_party(world.places, model.symbol)
        }

    def calls(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link | Unresolved]:
        """Yield the tables in the SQL of one file."""
        for call in facts.calls:
            for value in _written(call):
                for sql in self._values.options(value):
                    yield from self._read(reporter, call, sql)

    def _read(self, reporter: Reporter, call: Call, sql: Value) -> Iterator[Link | Unresolved]:
        if not isinstance(sql, str):
            if _runs_sql(call) and not is_constant(sql) and last_name(term_of(sql)) != "noop":
                yield from reporter.unresolved(call.line, call.name, RUNNING)
            return
        if foreign := self._foreign(reporter.module, sql):
            yield from self._named(reporter, call, sql, foreign)

    def _named(
        self, reporter: Reporter, call: Call, sql: str, foreign: set[str]
    ) -> Iterator[Link | Unresolved]:
        from bulkhead.crossings.sources.sql import tables_in  # noqa: PLC0415 - slow to import

        tables = tables_in(sql)
        if tables is not None:
            for table in sorted(tables & foreign):
                yield from reporter.link(call.line, self._symbols[table])
        elif _runs_sql(call) or _STATEMENT.match(sql):
            yield from reporter.unresolved(call.line, min(foreign), UNREAD)

    def _foreign(self, module: str, sql: str) -> set[str]:
        """Return the words of a text that are the names of tables of somebody else."""
        words = {word.lower() for word in _WORD.findall(sql)}
        return {
            word
            for word in words & self._symbols.keys()
            if leads_out(self._world.places, module, self._symbols[word])
        }


def _written(call: Call) -> Iterator[Value]:
    """Yield what a call takes as SQL."""
    is_method = call.function is not None and call.function[0] == "attribute"
    if call.name in TAKEN_FIRST and (is_method or call.name == "RawSQL"):
        yield argument(call, 0, "raw_query", "sql", "query")
    elif call.name == "RunSQL":
        yield from _given(call, {"sql": 0, "reverse_sql": 1}, _statements)
    elif call.name == "extra" and is_method:
        places = {"select": 0, "where": 1, "order_by": 4}
        yield from _given(call, places, _fragments)
        yield from _given(call, {"tables": 3}, _tables)


def _given(
    call: Call, places: Mapping[str, int], parts: Callable[[Value], Iterator[Value]]
) -> Iterator[Value]:
    for name, place in places.items():
        if has_argument(call, place, name):
            yield from parts(argument(call, place, name))


def _statements(value: Value) -> Iterator[Value]:
    """Yield the SQL of a migration: one text, or a list of texts and of texts with parameters."""
    match value:
        case ("list", tuple(items)):
            for item in items:
                match item:
                    case ("list", (sql, *_)):
                        yield sql
                    case _:
                        yield item
        case _:
            yield value


def _fragments(value: Value) -> Iterator[Value]:
    match value:
        case ("dict", tuple(items)):
            yield from (sql for _, sql in items)
        case _:
            yield from items_of(value)


def _tables(value: Value) -> Iterator[Value]:
    for table in items_of(value):
        yield f"{table}.id" if isinstance(table, str) else table


def _runs_sql(call: Call) -> bool:
    """Return whether a call certainly runs SQL: many objects have something to `execute`."""
    if call.name in {"RunSQL", "RawSQL"}:
        return True
    names = {last_name(part) for part in chain(call.function)}
    return bool(names & ({"cursor"} if call.name.startswith("execute") else {"objects"}))
