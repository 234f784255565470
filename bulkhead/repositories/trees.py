"""Compares an aggregate with the rows it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bulkhead.repositories.errors import ForeignPartError, RepeatedPartError
from bulkhead.repositories.shapes import ChildrenField, Columns, Shape, Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """The items of a collection, each beside its row, and the rows that no item has any more."""

    pairs: tuple[tuple[Any, Stored | None, int | None], ...]
    """Item, its row or None for a new one, and its place where the repository keeps places."""
    removed: tuple[Stored, ...]

    @property
    def changed_places(self) -> list[Any]:
        """The keys of the rows that are to move."""
        return [row.key for _, row, place in self.pairs if row is not None and row.place != place]


def paired(field: ChildrenField, items: Sequence[Any], rows: Sequence[Stored]) -> Pairing:
    """Find the row of each item: by key, or by place where items have no identity.

    Raise ForeignPartError for an item of another class, and RepeatedPartError where one with an
    identity occurs twice.
    """
    _refuse_other_classes(field, items)
    if field.shape.key is None:
        found = [*rows[: len(items)], *[None] * (len(items) - len(rows))]
    else:
        _refuse_repetition(field, items)
        by_key = {row.key: row for row in rows}
        found = [by_key.get(field.shape.key_of(item)) for item in items]
    places = _places(found, rows) if field.place is not None else [None] * len(found)
    kept = {row.key for row in found if row is not None}
    return Pairing(
        pairs=tuple(zip(items, found, places, strict=True)),
        removed=tuple(row for row in rows if row.key not in kept),
    )


def _refuse_other_classes(field: ChildrenField, items: Sequence[Any]) -> None:
    cls = field.shape.cls
    for item in items:
        if type(item) is not cls:
            raise ForeignPartError(field.name, expected=cls.__name__, given=type(item).__name__)


def _refuse_repetition(field: ChildrenField, items: Sequence[Any]) -> None:
    seen = set()
    for item in items:
        key = field.shape.key_of(item)
        if key is None and field.shape.frozen:
            continue  # each becomes an object of its own
        identity = ("key", key) if key is not None else ("object", id(item))
        if identity in seen:
            raise RepeatedPartError(field.shape.cls.__name__, field=field.name, key=key)
        seen.add(identity)


def _places(found: Sequence[Stored | None], rows: Sequence[Stored]) -> list[int | None]:
    """Keep each row's place as long as places rise, and give the others the next one.

    Where nothing was moved or put between, places that rows already share are kept, too.
    """
    keys = [None if row is None else row.key for row in found]
    kept = [key for key in keys if key is not None]
    as_before = keys[: len(kept)] == [row.key for row in rows if row.key in set(kept)]
    places: list[int | None] = []
    last: int | None = None
    for row in found:
        place = None if row is None else row.place
        last = place if _rises(place, last, or_stays=as_before) else _next(last)
        places.append(last)
    return places


def _rises(place: int | None, last: int | None, *, or_stays: bool) -> bool:
    if place is None or last is None:
        return place is not None
    return place > last or (or_stays and place == last)


def _next(place: int | None) -> int:
    return 0 if place is None else place + 1


def changed_columns(shape: Shape, node: Any, row: Stored) -> Columns:
    """Return the columns that differ, apart from the key and the version."""
    guarded = {field.column for field in (shape.key, shape.version) if field is not None}
    now = shape.stored_columns(node)
    return {
        column: now[column]
        for column, before in zip(shape.columns, row.values, strict=True)
        if column not in guarded and _changed(now[column], before)
    }


def _changed(now: Any, before: Any) -> bool:
    """Return whether two values are stored differently: in JSON, `1` and `true` are."""
    if now is before:
        return False
    if isinstance(now, dict | list):
        return repr(now) != repr(before)
    return bool(now != before)


def differs(shape: Shape, node: Any, row: Stored) -> bool:
    """Return whether anything of the aggregate is not as its rows are."""
    if changed_columns(shape, node, row):
        return True
    return any(
        _collection_differs(field, getattr(node, field.name), rows)
        for field, rows in zip(shape.children, row.children, strict=True)
    )


def _collection_differs(field: ChildrenField, items: Sequence[Any], rows: Sequence[Stored]) -> bool:
    pairing = paired(field, items, rows)
    return bool(pairing.removed or pairing.changed_places) or any(
        row is None or differs(field.shape, item, row) for item, row, _ in pairing.pairs
    )
