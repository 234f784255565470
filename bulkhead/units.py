"""The unit of change: what one component has loaded and written in its transaction."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from django.db import connections

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.transaction import Atomic

_opened = count()


@dataclass(slots=True)
class _Layer:
    """What was held, and what there is to undo, since one savepoint."""

    savepoint: str | None
    held: dict[Hashable, Any] = field(default_factory=dict)
    undo: list[Callable[[], None]] = field(default_factory=list)


class UnitOfChange:
    """What a component holds, by key, from the begin to the end of its outermost transaction.

    It hangs on a database connection, and so belongs to one thread.
    A block that is rolled back takes along what was held in it.
    A plain `atomic()` of Django's ends without word: what was held in it is forgotten.
    Where another component's unit is open around it on the same connection, that one undoes what
    this one has left behind.
    """

    def __init__(self, label: str, connection: BaseDatabaseWrapper) -> None:
        self.label = label
        self.connection = connection
        self.alongside: frozenset[str] = frozenset()
        self.opened = self.entered = next(_opened)
        """When it was opened, and when the block of it that is open now was."""
        self.around = max(units_on(connection).values(), key=lambda u: u.entered, default=None)
        self._layers: list[_Layer] = []

    def find(self, key: Hashable) -> Any | None:
        """Return what is held for this key, or None."""
        self._forget_what_has_ended()
        for layer in reversed(self._layers):
            if key in layer.held:
                return layer.held[key]
        return None

    def hold(self, key: Hashable, held: Any | None) -> None:
        """Hold this for the key; None forgets what is held."""
        self._innermost().held[key] = held

    def on_rollback(self, undo: Callable[[], None]) -> None:
        """Call this where the block that is open now is rolled back."""
        self._innermost().undo.append(undo)

    @contextmanager
    def block(self, atomic: Atomic) -> Iterator[None]:
        """Run a block of the transaction, the outermost or one inside it."""
        depth, entered_before = len(self._layers), self.entered
        self.entered = next(_opened)
        committed = False
        try:
            with atomic:
                self._layers.append(_Layer(self._savepoint()))
                yield
                self._forget_what_has_ended()
                doomed = self.connection.needs_rollback
            committed = not doomed
        finally:
            self.entered = entered_before
            ended = self._layers[depth:]
            del self._layers[depth:]
            if committed:
                self._keep(ended)
            else:
                _undo(ended)

    def _keep(self, ended: list[_Layer]) -> None:
        """Pass on what a block has left to the block around it, of this component or another."""
        around = self if self._layers else self.around
        if around is None:
            return
        outer = around._innermost()
        for layer in ended:
            outer.undo += layer.undo
            if around is self:
                outer.held |= layer.held

    def _innermost(self) -> _Layer:
        self._forget_what_has_ended()
        savepoint = self._savepoint()
        if self._layers[-1].savepoint != savepoint:
            self._layers.append(_Layer(savepoint))
        return self._layers[-1]

    def _forget_what_has_ended(self) -> None:
        """Drop the layers of foreign blocks that are no longer open.

        Whether they were rolled back can't be known, so nothing is held for their keys any more.
        """
        open_now = self.connection.savepoint_ids
        while len(self._layers) > 1 and self._layers[-1].savepoint not in open_now:
            ended = self._layers.pop()
            self._layers[-1].held |= dict.fromkeys(ended.held)
            self._layers[-1].undo += ended.undo

    def _savepoint(self) -> str | None:
        return next((sid for sid in reversed(self.connection.savepoint_ids) if sid), None)


def units_on(connection: BaseDatabaseWrapper) -> dict[str, UnitOfChange]:
    """Return the units that are open on a connection, by the label of their component."""
    return cast("dict[str, UnitOfChange]", connection.__dict__.setdefault("bulkhead_units", {}))


def open_units() -> list[UnitOfChange]:
    """Return the units that are open on this thread, in all databases."""
    return [
        unit
        for connection in connections.all(initialized_only=True)
        for unit in units_on(connection).values()
    ]


def _undo(layers: list[_Layer]) -> None:
    for layer in reversed(layers):
        for undo in reversed(layer.undo):
            undo()
