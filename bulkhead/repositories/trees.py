"""Compares an aggregate with the rows it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
    """Find the row of each item: by key, or by place where items have no identity."""
    if field.shape.key is None:
        found = [*rows[: len(items)], *[None] * (len(items) - len(rows))]
    else:
        by_key = {row.key: row for row in rows}
        found = [by_key.get(field.shape.key_of(item)) for item in items]
    places = _places(found) if field.place is not None else [None] * len(found)
    kept = {row.key for row in found if row is not None}
    return Pairing(
        pairs=tuple(zip(items, found, places, strict=True)),
        removed=tuple(row for row in rows if row.key not in kept),
    )


def _places(rows: Sequence[Stored | None]) -> list[int | None]:
    """Keep each row's place as long as places rise, and give the others the next one."""
    places: list[int | None] = []
    last = -1
    for row in rows:
        keeps = row is not None and row.place is not None and row.place > last
        last = row.place if keeps and row is not None and row.place is not None else last + 1
        places.append(last)
    return places


def changed_columns(shape: Shape, node: Any, row: Stored) -> Columns:
    """Return the columns that differ, apart from the key and the version."""
    guarded = {field.column for field in (shape.key, shape.version) if field is not None}
    now = shape.stored_columns(node)
    return {
        column: now[column]
        for column, before in zip(shape.columns, row.values, strict=True)
        if column not in guarded and now[column] != before
    }


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
