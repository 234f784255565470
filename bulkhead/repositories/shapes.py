"""How the fields of a class and the columns of its row fit together."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from bulkhead.repositories.errors import SharedColumnError

if TYPE_CHECKING:
    from django.db.models import ForeignKey, Model

Convert = Callable[[Any], Any]
Columns = dict[str, Any]
"""What is stored in one row, by the attribute name of the column."""
UndoLog = Callable[[Callable[[], None]], None]


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

    @property
    def leaves(self) -> tuple[ValueField, ...]:
        """The field itself: one column holds it."""
        return (self,)

    def read(self, row: Sequence[Any]) -> Any:
        """Return the domain's value, which shares nothing with the row."""
        return self.loaded(_own(row[self.position]))

    def write(self, value: Any) -> Iterator[tuple[str, Any]]:
        """Yield the column with its value, which shares nothing with the domain's."""
        yield self.column, _own(self.stored(value))

    def loaded(self, value: Any) -> Any:
        """Return what the domain makes of a column's value."""
        return value if self.load is None else self.load(value)

    def stored(self, value: Any) -> Any:
        """Return what the column holds for a value of the domain."""
        return value if self.store is None else self.store(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeField:
    """A field whose value several columns hold."""

    name: str
    constructor: Constructor
    parts: tuple[ValueField | CompositeField, ...]
    optional: bool
    own: tuple[ValueField, ...]
    """Where no other field is stored: these tell whether there is a value."""

    @property
    def leaves(self) -> tuple[ValueField, ...]:
        """The fields in it that hold one column each."""
        return tuple(leaf for part in self.parts for leaf in part.leaves)

    def read(self, row: Sequence[Any]) -> Any:
        """Return the domain's value, None where it may be missing and its own columns are null."""
        if self.optional and all(row[leaf.position] is None for leaf in self.own):
            return None
        return self.constructor.make({part.name: part.read(row) for part in self.parts})

    def write(self, value: Any) -> Iterator[tuple[str, Any]]:
        """Yield each column with its value; None leaves those it shares to the other field."""
        if value is None:
            yield from ((leaf.column, None) for leaf in self.own)
            return
        for part in self.parts:
            yield from part.write(getattr(value, part.name))


AnyField = ValueField | CompositeField


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildrenField:
    """A field whose items are rows of another table."""

    name: str
    shape: Shape
    foreign_key: ForeignKey[Any, Any]
    order_by: str | None
    place: str | None
    """The column that holds an item's place, where the repository keeps it."""
    container: Callable[[Iterable[Any]], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constructor:
    """Makes objects of a dataclass."""

    cls: type
    late: frozenset[str]
    """The fields that the class's own constructor does not take."""

    def make(self, values: dict[str, Any]) -> Any:
        """Return an object with these fields."""
        built = self.cls(**{name: values[name] for name in values.keys() - self.late})
        for name in values.keys() & self.late:
            object.__setattr__(built, name, values[name])
        return built


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A class and its row, field by field."""

    cls: type
    model: type[Model]
    columns: tuple[str, ...]
    """The columns that fields are stored in, in the order of a row's values."""
    fields: tuple[AnyField, ...]
    children: tuple[ChildrenField, ...]
    constructor: Constructor
    key: ValueField | None
    version: ValueField | None
    frozen: bool

    def build(self, row: Sequence[Any], children: Sequence[Sequence[Any]] = ()) -> Any:
        """Return an object of the class, through its constructor."""
        values = {field.name: field.read(row) for field in self.fields}
        for field, items in zip(self.children, children, strict=True):
            values[field.name] = field.container(items)
        return self.constructor.make(values)

    def stored_columns(self, node: Any) -> Columns:
        """Return what the columns of this object's row are to hold.

        Raise SharedColumnError where two fields disagree on one column.
        """
        into: Columns = {}
        for field in self.fields:
            for column, value in field.write(getattr(node, field.name)):
                if into.setdefault(column, value) != value:
                    values = into[column], value
                    raise SharedColumnError(self.cls.__name__, column=column, values=values)
        return {column: into.get(column) for column in self.columns}

    def key_of(self, node: Any) -> Any | None:
        """Return the key of the object's row, None where it has none yet."""
        if self.key is None or (key := getattr(node, self.key.name)) is None:
            return None
        return self.key.stored(key)

    def version_of(self, node: Any) -> int | None:
        """Return the object's version, None where the class has none."""
        return None if self.version is None else getattr(node, self.version.name)

    def version_in(self, row: Stored) -> int | None:
        """Return the version of a row, None where the class has none."""
        return None if self.version is None else row.values[self.version.position]

    def assigned(self, node: Any, values: dict[str, Any], *, undo: UndoLog | None = None) -> Any:
        """Return the object with these fields: a mutable one changed, a frozen one made anew.

        `undo` is told how to put single values back; children keep what was done to them.
        """
        before = {name: getattr(node, name) for name in values}
        changed = {name: now for name, now in values.items() if not _same(now, before[name])}
        if not changed:
            return node
        if self.frozen:
            return self.constructor.make(self._all_fields(node) | changed)
        single = {name: before[name] for name in changed.keys() - self._holding_children}
        if undo is not None and single:
            undo(lambda: _set(node, single))
        _set(node, changed)
        return node

    def without_keys(self, node: Any, gone: Mapping[type[Model], set[Any]]) -> Any:
        """Return the object, where each part whose key is one of these has none again."""
        values: dict[str, Any] = {}
        for field in self.children:
            parts = getattr(node, field.name)
            values[field.name] = field.container(
                field.shape.without_keys(part, gone) if type(part) is field.shape.cls else part
                for part in parts
            )
        if self.key is not None and self.key_of(node) in gone.get(self.model, ()):
            values[self.key.name] = None
        return self.assigned(node, values)

    def replace_all(self, node: Any, anew: Any, *, undo: UndoLog) -> None:
        """Give a mutable object every field of another."""
        before = self._all_fields(node)
        undo(lambda: _set(node, before))
        _set(node, self._all_fields(anew))

    @property
    def _holding_children(self) -> set[str]:
        return {field.name for field in self.children}

    def _all_fields(self, node: Any) -> dict[str, Any]:
        return {field.name: getattr(node, field.name) for field in (*self.fields, *self.children)}


def _own(value: Any) -> Any:
    """Return a value of a JSON column so that no change to one shows in the other."""
    return copy.deepcopy(value) if isinstance(value, dict | list) else value


def _same(now: Any, before: Any) -> bool:
    """Return whether nothing is to be assigned: children are compared one by one, as objects."""
    if isinstance(now, list | tuple) and isinstance(before, type(now)):
        return len(now) == len(before) and all(map(_is, now, before))
    return bool(now == before)


def _is(one: Any, other: Any) -> bool:
    return one is other


def _set(node: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(node, name, value)
