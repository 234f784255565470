"""Captures what is to be called after a commit, on all databases, in tests that never commit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from django.db import connections

Callbacks: TypeAlias = "list[Callable[[], object]]"

_logger = logging.getLogger(__name__)


@contextmanager
def capture_on_commit(*, execute: bool = False) -> Iterator[Callbacks]:
    """Yield the `on_commit` callbacks of the block, complete when it has ended.

    `execute` calls them when the block ends, and those that they add in turn, in the order of the
    databases.
    In a test with `transaction=True` a commit is real: there they run by themselves, and only
    those of transactions that are still open are captured.
    """
    callbacks: Callbacks = []
    seen = {alias: len(connections[alias].run_on_commit) for alias in connections}
    yield callbacks
    while added := list(_added_since(seen)):
        for callback, robust in added:
            callbacks.append(callback)
            if execute:
                _call(callback, robust=robust)


def _added_since(seen: dict[str, int]) -> Iterator[tuple[Callable[[], object], bool]]:
    for alias, count in seen.items():
        waiting: list[Any] = connections[alias].run_on_commit
        seen[alias] = len(waiting)
        yield from ((callback, robust) for _, callback, robust in waiting[count:])


def _call(callback: Callable[[], object], *, robust: bool) -> None:
    """Call back as Django does: the error of a robust callback is logged."""
    try:
        callback()
    except Exception:
        if not robust:
            raise
        name = getattr(callback, "__qualname__", callback)
        _logger.exception("%s failed, called by on_commit() with robust=True.", name)
