"""Counts the queries of a block, on all databases together."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.signals import request_started
from django.db import connections, reset_queries

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(slots=True)
class CapturedQueries:
    """The SQL that one thread has executed, by database."""

    by_database: dict[str, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many there are on all databases."""
        return sum(map(len, self.by_database.values()))

    def __str__(self) -> str:
        """List them, a paragraph for each database that was asked."""
        return "\n\n".join(
            f"{alias} ({len(queries)}):\n"
            + "\n".join(f"  {number}. {sql}" for number, sql in enumerate(queries, start=1))
            for alias, queries in self.by_database.items()
            if queries
        )


@contextmanager
def capture_queries(*, using: Collection[str] | None = None) -> Iterator[CapturedQueries]:
    """Yield the queries of the block, complete when it has ended.

    They are those of this thread, on the aliases given, or on all.
    What Django counts is counted: savepoints too, and outside of a test's transaction BEGIN and
    COMMIT.
    """
    captured = CapturedQueries()
    aliases = list(connections) if using is None else list(using)
    was_connected = request_started.disconnect(reset_queries)  # the test client would forget them
    try:
        with ExitStack() as stack:
            logs = {alias: stack.enter_context(_log(connections[alias])) for alias in aliases}
            yield captured
            captured.by_database = {
                alias: [entry["sql"] for entry in log] for alias, log in logs.items()
            }
    finally:
        if was_connected:
            request_started.connect(reset_queries)


@contextmanager
def assert_queries(
    count: int, *, using: Collection[str] | None = None
) -> Iterator[CapturedQueries]:
    """Raise AssertionError, with the queries of each database, unless the block makes so many."""
    __tracebackhide__ = True
    with capture_queries(using=using) as captured:
        yield captured
    if len(captured) != count:
        raise AssertionError(_difference(f"{count} queries expected", captured))


@contextmanager
def assert_max_queries(
    count: int, *, using: Collection[str] | None = None
) -> Iterator[CapturedQueries]:
    """Raise AssertionError, with the queries of each database, where the block makes more."""
    __tracebackhide__ = True
    with capture_queries(using=using) as captured:
        yield captured
    if len(captured) > count:
        raise AssertionError(_difference(f"At most {count} queries expected", captured))


@contextmanager
def _log(connection: BaseDatabaseWrapper) -> Iterator[deque[dict[str, Any]]]:
    """Give the connection a log of its own, without opening it: a test may not use all of them."""
    outer, forced = connection.queries_log, connection.force_debug_cursor
    connection.queries_log = log = deque[dict[str, Any]]()
    connection.force_debug_cursor = True
    try:
        yield log
    finally:
        connection.queries_log = outer
        connection.force_debug_cursor = forced
        outer.extend(log)


def _difference(expected: str, captured: CapturedQueries) -> str:
    listing = f"\n\n{captured}" if len(captured) else ""
    return f"{expected}, {len(captured)} executed.{listing}"
