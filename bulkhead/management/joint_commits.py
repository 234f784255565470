"""Transactions on several databases that are rolled back together, and committed in turn."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from django.core.management.base import CommandError
from django.db import connections, transaction

from bulkhead.errors import listed


class SplitCommitError(CommandError):
    """Some databases have committed, and a later one could not."""

    def __init__(self, reason: BaseException, *, committed: list[str], lost: list[str]) -> None:
        super().__init__(
            f"Loaded in part. Committed: {_named(committed)}. Not committed: {_named(lost)}. "
            f"A commit failed: {' '.join(str(reason).split()).rstrip('.')}. "
            f"Where the connection broke at that moment, look whether the rows are there. "
            f"Mend it, and run the same command again: rows that have a primary key or a natural "
            f"key are written over, not doubled."
        )
        self.committed = committed
        self.lost = lost


class JointCommits:
    """A transaction on each database that joins, the last to join being the first to commit.

    An error in the block rolls all of them back.
    An error in a commit rolls back those that have still to come, and is a SplitCommitError where
    others have committed before.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._joined: list[str] = []
        self._committed: list[str] = []

    def __enter__(self) -> Self:
        """Begin, with no database."""
        return self

    def join(self, alias: str) -> None:
        """Open a transaction on this database, unless that has been done."""
        if alias in self._joined:
            return
        connection = connections[alias]
        is_outermost = not connection.in_atomic_block
        self._stack.enter_context(transaction.atomic(using=alias))
        self._stack.enter_context(connection.constraint_checks_disabled())
        self._joined.append(alias)
        if is_outermost:  # before all other hooks, so that it runs even if one of them fails
            transaction.on_commit(lambda: self._committed.append(alias), using=alias)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Roll all back, or commit one after the other."""
        try:
            self._stack.__exit__(kind, error, traceback)
        except Exception as reason:
            if error is None and self._committed:
                lost = [alias for alias in self._joined if alias not in self._committed]
                raise SplitCommitError(reason, committed=self._committed, lost=lost) from reason
            raise


def _named(aliases: list[str]) -> str:
    return listed(map(repr, aliases))
