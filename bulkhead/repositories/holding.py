"""What a unit of change holds for a repository: one object for each key, and its rows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulkhead.errors import StaleAggregateError
from bulkhead.repositories.reading import build
from bulkhead.repositories.shapes import Shape, Stored
from bulkhead.repositories.trees import differs

if TYPE_CHECKING:
    from bulkhead.units import UnitOfChange


@dataclass(frozen=True, slots=True)
class Held:
    """An aggregate, and the rows it came from."""

    aggregate: Any
    row: Stored


class Holder:
    """Keeps one object for each key while a unit of change is open, and nothing outside one.

    Keys are those of rows: two repositories of one class and two tables don't meet.
    """

    def __init__(self, shape: Shape, unit: UnitOfChange | None) -> None:
        self.shape = shape
        self.unit = unit

    def find(self, key: Any) -> Held | None:
        """Return what is held for this key."""
        return None if self.unit is None else self.unit.find(self._named(key))

    def hold(self, aggregate: Any, row: Stored) -> Any:
        """Hold an aggregate, and return it."""
        if self.unit is not None:
            self.unit.hold(self._named(row.key), Held(aggregate, row))
        return aggregate

    def forget(self, key: Any) -> None:
        """Hold nothing for this key any more."""
        if self.unit is not None:
            self.unit.hold(self._named(key), None)

    def taken(self, rows: Iterable[Stored], *, fresh: bool = False) -> list[Any]:
        """Return the aggregates of these rows: the ones held, the others built and held.

        Where the rows are `fresh`, read under a lock, an aggregate held is brought up to date.
        """
        take = self._refreshed if fresh else _as_held
        return [
            self.hold(build(self.shape, row), row) if held is None else take(held, row)
            for row, held in ((row, self.find(row.key)) for row in rows)
        ]

    def _refreshed(self, held: Held, fresh: Stored) -> Any:
        """Return the aggregate held, with what others have written since.

        Raise StaleAggregateError where it has been edited here, too, and hold it no more.
        """
        if fresh == held.row:
            return held.aggregate
        if differs(self.shape, held.aggregate, held.row):
            self.forget(fresh.key)
            expected, found = self.shape.version_of(held.aggregate), self.shape.version_in(fresh)
            raise StaleAggregateError(
                self.shape.cls.__name__, fresh.key, expected=expected, found=found
            )
        anew = build(self.shape, fresh)
        if self.shape.frozen or self.unit is None:
            return self.hold(anew, fresh)
        self.shape.replace_all(held.aggregate, anew, undo=self.unit.on_rollback)
        return self.hold(held.aggregate, fresh)

    def _named(self, key: Any) -> Hashable:
        return self.shape.cls, self.shape.model, key


def _as_held(held: Held, _row: Stored) -> Any:
    return held.aggregate
