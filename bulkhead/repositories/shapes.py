"""How the fields of a class and the columns of its row fit together."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from bulkhead.repositories.errors import SharedColumnError

if TYPE_CHECKING:
    from django.db.models import ForeignKey, Model

Convert = Callable[[Any], Any]
Columns = dict[str, Any]
"""What is stored in one row, by the attribute name of the column."""


class Stored(NamedTuple):
    """One row as it stands in the database, with the rows below it."""

    key: Any
    place: int | None
    values: tuple[Any, ...]
    children: tuple[tuple[Stored, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueField:
    """A field that one column holds."""

    name: str
    column: str
    position: int
    load: Convert | None = None
    store: Convert | None = None

    def read(self, row: Sequence[Any]) -> Any:
        """Return the domain's value."""
        value = row[self.position]
        if self.load is not None:
            return self.load(value)
        return copy.deepcopy(value) if isinstance(value, dict | list) else value

    def write(self, value: Any, into: Columns) -> None:
        """Put the column's value in its place."""
        stored = value if self.store is None else self.store(value)
        if isinstance(stored, dict | list):
            stored = copy.deepcopy(stored)  # what is stored must not change with the aggregate
        if self.column in into and into[self.column] != stored:
            values = into[self.column], stored
            raise SharedColumnError(self.name, column=self.column, values=values)
        into[self.column] = stored


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeField:
    """A field whose value several columns hold."""

    name: str
    cls: type
    parts: tuple[ValueField | CompositeField, ...]
    optional: bool

    def read(self, row: Sequence[Any]) -> Any:
        """Return the domain's value, None where it may be missing and every column is null."""
        values = {part.name: part.read(row) for part in self.parts}
        if self.optional and all(value is None for value in values.values()):
            return None
        return self.cls(**values)

    def write(self, value: Any, into: Columns) -> None:
        """Put the values of the columns in their places."""
        for part in self.parts:
            part.write(None if value is None else getattr(value, part.name), into)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildrenField:
    """A field whose items are rows of another table."""

    name: str
    shape: Shape
    foreign_key: ForeignKey[Any, Any]
    order_by: str | None
    place: str | None
    """The column that holds an item's place, where the repository keeps it."""
    place_is_unique: bool
    container: Callable[[Iterable[Any]], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A class and its row, field by field."""

    cls: type
    model: type[Model]
    columns: tuple[str, ...]
    """The columns that fields are stored in, in the order of a row's values."""
    fields: tuple[ValueField | CompositeField, ...]
    late_fields: frozenset[str]
    """The fields that the constructor does not take."""
    children: tuple[ChildrenField, ...]
    key: ValueField | None
    version: ValueField | None
    frozen: bool

    def build(self, row: Sequence[Any], children: Sequence[Sequence[Any]] = ()) -> Any:
        """Return an object of the class, through its constructor."""
        values = {field.name: field.read(row) for field in self.fields}
        for field, items in zip(self.children, children, strict=True):
            values[field.name] = field.container(items)
        late = {name: values.pop(name) for name in self.late_fields & values.keys()}
        built = self.cls(**values)
        for name, value in late.items():
            object.__setattr__(built, name, value)
        return built

    def stored_columns(self, node: Any) -> Columns:
        """Return what the columns of this object's row are to hold."""
        into: Columns = {}
        for field in self.fields:
            field.write(getattr(node, field.name), into)
        return into

    def key_of(self, node: Any) -> Any | None:
        """Return the object's key, None where it has none yet."""
        return None if self.key is None else getattr(node, self.key.name)

    def version_of(self, node: Any) -> int | None:
        """Return the object's version, None where the class has none."""
        return None if self.version is None else getattr(node, self.version.name)

    def assigned(self, node: Any, values: dict[str, Any], *, undo: UndoLog) -> Any:
        """Return the object with these fields: a mutable one changed, a frozen one made anew."""
        changed = {name: new for name, new in values.items() if getattr(node, name) != new}
        if not changed:
            return node
        if self.frozen:
            return replace(node, **changed)
        before = {name: getattr(node, name) for name in changed}
        undo(lambda: _set(node, before))
        _set(node, changed)
        return node


UndoLog = Callable[[Callable[[], None]], None]


def _set(node: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(node, name, value)
