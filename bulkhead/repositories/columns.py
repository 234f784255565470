"""Finds the columns of single values and of composites."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, get_origin

from bulkhead.repositories import problems
from bulkhead.repositories.annotations import (
    Annotation,
    annotations_of,
    collection,
    init_only,
    is_dataclass_type,
    takes_anything,
)
from bulkhead.repositories.declarations import Column, Composite
from bulkhead.repositories.shapes import (
    AnyField,
    CompositeField,
    Constructor,
    Convert,
    ValueField,
)

if TYPE_CHECKING:
    from django.db.models import Field, Model

    from bulkhead.repositories.problems import Problem

AS_IT_IS = Column(name=None, load=None, store=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """A field that a column holds, as it is or converted."""

    field: str
    optional: bool
    converted: bool


class ColumnPlanner:
    """Plans the fields of one class that columns of its row hold."""

    def __init__(self, owner: str, row: type[Model], found: list[Problem]) -> None:
        """Take where to put what does not fit."""
        self.owner = owner
        self.row = row
        self.found = found
        self.columns: list[str] = []
        self.by_name = {
            name: field
            for field in row._meta.concrete_fields
            for name in (field.name, field.attname)
        }
        self._uses: defaultdict[str, list[_Use]] = defaultdict(list)

    @property
    def names(self) -> list[str]:
        """What the columns are called."""
        return [field.name for field in self.row._meta.concrete_fields]

    def stored_as(self, column: str) -> str:
        """Return what a message calls a column."""
        return f"{self.row.__name__}.{self.by_name[column].name}"

    def annotations(self, cls: type) -> dict[str, Annotation] | None:
        """Return the types of a class's fields, or None where it can't be understood."""
        if not dataclasses.is_dataclass(cls):
            self.found.append(problems.no_dataclass(cls.__name__))
            return None
        self.found += [
            problems.needs_init_var(cls.__name__, variable=name) for name in init_only(cls)
        ]
        try:
            return annotations_of(cls)
        except (NameError, AttributeError, TypeError, SyntaxError) as error:
            self.found.append(problems.unreadable(cls.__name__, error=error))
            return None

    def value(
        self, path: str, hint: Annotation, declared: Column, column_name: str
    ) -> Iterator[ValueField]:
        """Yield the field of this path, `Invoice.total.amount`, unless it does not fit."""
        column = self.by_name.get(declared.name or column_name)
        if column is None:
            self.report_missing(path, declared.name or column_name)
            return
        load, store = declared.load, declared.store
        converted = load is not None or store is not None
        if not converted:
            load, store = self._conversion(path, column, hint.type)
        self._uses[column.attname].append(
            _Use(
                field=path,
                optional=hint.optional,
                converted=converted or takes_anything(hint.type) or column.primary_key,
            )
        )
        yield ValueField(
            name=path.rpartition(".")[2],
            column=column.attname,
            position=self._position(column.attname),
            load=load,
            store=store,
        )

    def composite(
        self, path: str, hint: Annotation, declared: Composite, prefix: str
    ) -> Iterator[CompositeField]:
        """Yield the composite of this path, unless its class can't be understood."""
        hints = self.annotations(declared.cls)
        if hints is None:
            return
        self._compare_class(path, hint, declared, hints)
        parts: list[AnyField] = []
        for name, found in hints.items():
            part = found._replace(optional=found.optional or hint.optional)
            column = declared.columns.get(name, f"{prefix}_{name}")
            if is_dataclass_type(part.type):
                inner = Composite(cls=part.type, columns={})
                parts += self.composite(f"{path}.{name}", part, inner, column)
            else:
                parts += self.value(f"{path}.{name}", part, AS_IT_IS, column)
        yield CompositeField(
            name=path.rpartition(".")[2],
            constructor=constructor_of(declared.cls),
            parts=tuple(parts),
            optional=hint.optional,
            own=(),
        )

    def finished(self, field: AnyField) -> AnyField:
        """Return the field, now that all fields are known that may share its columns."""
        if isinstance(field, ValueField):
            return field
        own = tuple(leaf for leaf in field.leaves if len(self._uses[leaf.column]) == 1)
        parts = tuple(self.finished(part) for part in field.parts)
        return dataclasses.replace(field, own=own or field.leaves, parts=parts)

    def compare_nullability(self) -> None:
        """Report each column that may be null where its field may not be None, or the reverse.

        A column that two fields share holds a value as soon as one of them has one.
        """
        for name, uses in self._uses.items():
            stored = self.stored_as(name)
            if self.by_name[name].null:
                self.found += [
                    problems.null_but_not_none(use.field, stored=stored)
                    for use in uses
                    if not (use.optional or use.converted)
                ]
            elif all(use.optional and not use.converted for use in uses):
                self.found.append(problems.none_but_not_null(uses[0].field, stored=stored))

    def report_missing(self, path: str, column: str) -> None:
        """Report a field that no column holds."""
        self.found.append(
            problems.no_column(
                self.owner, path, column=column, row=self.row.__name__, columns=self.names
            )
        )

    def _position(self, column: str) -> int:
        if column not in self.columns:
            self.columns.append(column)
        return self.columns.index(column)

    def _conversion(
        self, path: str, column: Field[Any, Any], cls: Any
    ) -> tuple[Convert | None, Convert | None]:
        if get_origin(cls) is tuple:
            return _load_tuple, _store_tuple
        if isinstance(cls, type) and issubclass(cls, Enum):
            self._compare_choices(path, column, cls)
            return _load_enum(cls), _store_enum
        items = collection(cls)
        inner = cls if items is None else items.item
        if is_dataclass_type(inner):
            self.found.append(
                problems.object_in_one_column(
                    self.owner, path, cls=inner.__name__, stored=self.stored_as(column.attname)
                )
            )
        return None, None

    def _compare_choices(self, path: str, column: Field[Any, Any], enum: type[Enum]) -> None:
        stored = {value for value, _ in column.flatchoices if value is not None}
        if lacking := stored - {member.value for member in enum}:
            called = self.stored_as(column.attname)
            self.found.append(
                problems.enum_lacks(enum.__name__, field=path, stored=called, values=lacking)
            )

    def _compare_class(
        self, path: str, hint: Annotation, declared: Composite, parts: Mapping[str, Annotation]
    ) -> None:
        cls = declared.cls
        if isinstance(hint.type, type) and not issubclass(cls, hint.type):
            self.found.append(problems.other_composite(path, declared=cls.__name__))
        self.found += [
            problems.unknown_name(self.owner, name, cls=cls.__name__, fields=parts)
            for name in sorted(declared.columns.keys() - parts.keys())
        ]
        if hint.optional and all(part.optional for part in parts.values()):
            self.found.append(problems.no_telling(path, cls=cls.__name__))


def constructor_of(cls: type) -> Constructor:
    """Return what makes objects of a dataclass."""
    late = frozenset(field.name for field in dataclasses.fields(cls) if not field.init)
    return Constructor(cls=cls, late=late)


def _load_tuple(value: Any) -> Any:
    return None if value is None else tuple(value)


def _store_tuple(value: Any) -> Any:
    return None if value is None else list(value)


def _load_enum(cls: type[Enum]) -> Convert:
    def load(value: Any) -> Any:
        return None if value is None else cls(value)

    return load


def _store_enum(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
