"""Finds the column of each field, and all that does not fit."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.db import models

from bulkhead.errors import listed
from bulkhead.repositories.annotations import (
    Annotation,
    annotations_of,
    collection,
    init_only,
)
from bulkhead.repositories.declarations import Children, Column, Composite, Declaration
from bulkhead.repositories.errors import DeclarationError
from bulkhead.repositories.problems import Problem
from bulkhead.repositories.registry import declarations_of
from bulkhead.repositories.shapes import ChildrenField, CompositeField, Convert, Shape, ValueField

if TYPE_CHECKING:
    from django.db.models import Field, ForeignKey, Model

    from bulkhead.repositories.repository import Repository

VERSION = "version"


class Planner:
    """Plans one class and its row; what does not fit is collected in `problems`."""

    def __init__(  # noqa: PLR0913 - what a plan needs
        self,
        owner: str,
        cls: type,
        row: type[Model],
        declared: Mapping[str, Declaration],
        *,
        parent: type[Model] | None = None,
        whole: bool = True,
    ) -> None:
        """Take `whole=False` for a class that shows a part of the row and is never stored."""
        self.owner = owner
        self.cls = cls
        self.row = row
        self.declared = declared
        self.parent = parent
        self.whole = whole
        self.problems: list[Problem] = []
        self.columns: list[str] = []
        self.kept_by_repository: set[str] = set()
        self.by_name = {
            name: field
            for field in row._meta.concrete_fields
            for name in (field.name, field.attname)
        }

    def plan(self) -> Shape | None:
        """Return the shape, or None where the class can't be understood at all."""
        hints = self._annotations()
        if hints is None:
            return None
        self._refuse_inherited_row()
        fields = [field for name, hint in hints.items() for field in self._field(name, hint)]
        children = [child for name, hint in hints.items() for child in self._children(name, hint)]
        self._refuse_unknown_declarations(hints)
        key = self._key(fields)
        version = self._version(fields)
        if self.whole:
            self._refuse_uncovered_columns()
        return Shape(
            cls=self.cls,
            model=self.row,
            columns=tuple(self.columns),
            fields=tuple(fields),
            late_fields=frozenset(f.name for f in dataclasses.fields(self.cls) if not f.init),
            children=tuple(children),
            key=key,
            version=version,
            frozen=self.cls.__dataclass_params__.frozen,  # type: ignore[attr-defined]
        )

    def _annotations(self) -> dict[str, Annotation] | None:
        name = self.cls.__name__
        if not dataclasses.is_dataclass(self.cls):
            self._report("E037", f"{name} is no dataclass.", f"Write @dataclass above {name}.")
            return None
        for variable in init_only(self.cls):
            self._report(
                "E037",
                f"{name} takes {variable!r} as an InitVar, which no column can give.",
                "Give it a default, or make it a field.",
            )
        try:
            return annotations_of(self.cls)
        except NameError as error:
            self._report(
                "E037",
                f"The annotations of {name} can't be read: {error}.",
                "Import the name at run time, outside TYPE_CHECKING.",
            )
            return None

    def _field(self, name: str, hint: Annotation) -> Iterator[ValueField | CompositeField]:
        """Yield the field, unless it holds children or does not fit."""
        declaration = self.declared.get(name)
        if isinstance(declaration, Children):
            return
        if isinstance(declaration, Composite):
            yield self._composite(name, hint, declaration.cls, declaration.columns)
        elif isinstance(declaration, Column):
            yield from self._value(name, name, hint, declaration)
        elif name in self.by_name:
            yield from self._value(name, name, hint, _SAME_NAME)
        elif self._looks_composite(name, hint.type):
            yield self._composite(name, hint, hint.type, {})
        else:
            self._report_missing(name, name)

    def _looks_composite(self, name: str, cls: Any) -> bool:
        return dataclasses.is_dataclass(cls) and any(
            column.startswith(f"{name}_") for column in self.by_name
        )

    def _composite(
        self, name: str, hint: Annotation, cls: type, columns: Mapping[str, str], prefix: str = ""
    ) -> CompositeField:
        parts: list[ValueField | CompositeField] = []
        for part, part_hint in annotations_of(cls).items():
            column = columns.get(part, f"{prefix or name}_{part}")
            inner = part_hint._replace(optional=part_hint.optional or hint.optional)
            if dataclasses.is_dataclass(part_hint.type):
                parts.append(self._composite(part, inner, cast("type", inner.type), {}, column))
            else:
                parts += self._value(part, column, inner, _SAME_NAME, of=name)
        return CompositeField(name=name, cls=cls, parts=tuple(parts), optional=hint.optional)

    def _value(
        self, name: str, column_name: str, hint: Annotation, declared: Column, of: str = ""
    ) -> Iterator[ValueField]:
        column = self.by_name.get(declared.name or column_name)
        field_name = f"{of}.{name}" if of else name
        if column is None:
            self._report_missing(field_name, declared.name or column_name)
            return
        load, store = declared.load, declared.store
        if load is None and store is None:
            self._compare_nullability(field_name, column, hint)
            load, store = self._conversion(field_name, column, hint.type)
        yield ValueField(
            name=name,
            column=column.attname,
            position=self._position(column.attname),
            load=load,
            store=store,
        )

    def _position(self, column: str) -> int:
        if column not in self.columns:
            self.columns.append(column)
        return self.columns.index(column)

    def _conversion(
        self, name: str, column: Field[Any, Any], cls: Any
    ) -> tuple[Convert | None, Convert | None]:
        if not (isinstance(cls, type) and issubclass(cls, Enum)):
            return None, None
        members = {member.value: member for member in cls}
        stored = {value for value, _ in column.flatchoices if value is not None}
        if lacking := stored - members.keys():
            values = listed(repr(value) for value in lacking)
            self._report(
                "E033",
                f"{cls.__name__}, the type of {self._called(name)}, lacks {values}, which "
                f"{self.row.__name__}.{column.name} may hold.",
                f"Add a member to {cls.__name__}, or drop the choice.",
            )
        return _load_enum(cls), _store_enum

    def _compare_nullability(self, name: str, column: Field[Any, Any], hint: Annotation) -> None:
        if column.primary_key or column.null == hint.optional:
            return
        stored = f"{self.row.__name__}.{column.name}"
        if column.null:
            message = f"{stored} may be null, but {self._called(name)} may not be None."
            hint_text = f"Set null=False on {stored}, or annotate {self._called(name)} with | None."
        else:
            message = f"{self._called(name)} may be None, but {stored} may not be null."
            hint_text = f"Set null=True on {stored}, or drop | None from {self._called(name)}."
        self._report("E032", message, hint_text)

    def _children(self, name: str, hint: Annotation) -> Iterator[ChildrenField]:
        declared = self.declared.get(name)
        if not isinstance(declared, Children):
            return
        items = collection(hint.type)
        if items is None or items.item is not declared.cls:
            wanted = f"list[{declared.cls.__name__}]"
            self._report(
                "E041",
                f"{self._called(name)} is declared to hold children, but is no list or tuple of "
                f"{declared.cls.__name__}.",
                f"Annotate it as {wanted} or {wanted.replace('list', 'tuple').replace(']', ', ...]')}.",
            )
            return
        foreign_key = self._foreign_key(name, declared)
        if foreign_key is None:
            return
        planner = Planner(
            self.owner, declared.cls, declared.row, declared.declared, parent=self.row
        )
        planner.kept_by_repository.add(foreign_key.attname)
        place = planner.keep_place(declared.order_by)
        shape = planner.plan()
        self.problems += planner.problems
        if shape is not None:
            yield ChildrenField(
                name=name,
                shape=shape,
                foreign_key=foreign_key,
                order_by=declared.order_by,
                place=place,
                place_is_unique=place is not None and _is_unique(declared.row, place),
                container=items.container,
            )

    def keep_place(self, order_by: str | None) -> str | None:
        """Return the integer column that no field of the class holds, None where there is none."""
        name = (order_by or "").lstrip("-")
        column = self.by_name.get(name)
        if name not in ("", "pk") and column is None:
            columns = listed(field.name for field in self.row._meta.concrete_fields)
            self._report(
                "E044",
                f"{self.owner} orders {self.cls.__name__} by {name!r}, which is no column of "
                f"{self.row.__name__}. Its columns: {columns}.",
                "Correct order_by.",
            )
        if column is None or order_by != name or not isinstance(column, models.IntegerField):
            return None
        if column.primary_key or name in {field.name for field in dataclasses.fields(self.cls)}:
            return None
        self.kept_by_repository.add(column.attname)
        return column.attname

    def _foreign_key(self, name: str, declared: Children) -> ForeignKey[Any, Any] | None:
        leading = [
            field
            for field in declared.row._meta.concrete_fields
            if isinstance(field, models.ForeignKey)
            and field.related_model is self.row
            and declared.foreign_key in (None, field.name)
        ]
        if len(leading) == 1:
            return leading[0]
        found = listed(field.name for field in leading)
        self._report(
            "E039",
            f"{self._called(name)}: {declared.row.__name__} needs one foreign key to "
            f"{self.row.__name__}, and has {found}.",
            f"Name it: children({declared.cls.__name__}, {declared.row.__name__}, "
            f'foreign_key="...").',
        )
        return None

    def _key(self, fields: list[ValueField | CompositeField]) -> ValueField | None:
        pk = self.row._meta.pk.attname
        key = next((f for f in fields if isinstance(f, ValueField) and f.column == pk), None)
        if key is None and self.parent is None and self.whole:
            self._report(
                "E038",
                f"{self.cls.__name__} has no field for {self.row.__name__}.{pk}, its key.",
                f"Add a field {pk!r} to {self.cls.__name__}.",
            )
        return key

    def _version(self, fields: list[ValueField | CompositeField]) -> ValueField | None:
        named = (f for f in fields if isinstance(f, ValueField) and f.name == VERSION)
        version = next(named, None)
        if version is None or self.parent is not None:
            return None
        if not isinstance(self.by_name[version.column], models.IntegerField):
            self._report(
                "E043",
                f"{self.row.__name__}.{version.column} holds a version, but is no integer column.",
                "Make it a models.PositiveIntegerField(default=1).",
            )
        return version

    def _refuse_unknown_declarations(self, hints: Mapping[str, Annotation]) -> None:
        for name in self.declared.keys() - hints.keys():
            self._report(
                "E042",
                f"{self.owner} declares {name!r}, which is no field of {self.cls.__name__}. "
                f"Its fields: {listed(hints)}.",
                "Correct the name, or drop the declaration.",
            )

    def _refuse_inherited_row(self) -> None:
        if self.row._meta.parents and not self.row._meta.proxy:
            self._report(
                "E040",
                f"{self.row.__name__} inherits columns from another table, which a repository "
                f"can't write.",
                "Let the row be a model of its own, or inherit from an abstract one.",
            )

    def _refuse_uncovered_columns(self) -> None:
        for column in self.row._meta.concrete_fields:
            covered = column.attname in self.columns or column.attname in self.kept_by_repository
            if covered or _fills_itself(column):
                continue
            stored = f"{self.row.__name__}.{column.name}"
            self._report(
                "E031",
                f"{stored} has no field in {self.cls.__name__}, and no default: a new row "
                f"could not be stored.",
                f"Add the field {column.name!r} to {self.cls.__name__}, or give {stored} a "
                f"default or null=True.",
            )

    def _report_missing(self, name: str, column: str) -> None:
        columns = listed(field.name for field in self.row._meta.concrete_fields)
        self._report(
            "E030",
            f"{self._called(name)} has no column {column!r} in {self.row.__name__}. "
            f"Its columns: {columns}.",
            f"Add the column, or declare {name.partition('.')[0]} in {self.owner}: "
            f"column(...), composite(...) or children(...).",
        )

    def _called(self, field: str) -> str:
        return f"{self.cls.__name__}.{field}"

    def _report(self, number: str, message: str, hint: str) -> None:
        self.problems.append(Problem(id=f"bulkhead.{number}", message=message, hint=hint))


@cache
def plan(
    repository: type[Repository[Any, Any]], cls: type, *, whole: bool = True
) -> tuple[Shape | None, tuple[Problem, ...]]:
    """Return how a class fits the repository's row, and what does not fit.

    `whole=False` is for a class that shows a part of the row and is never stored.
    """
    declared = declarations_of(repository)
    if not whole:
        names = {field.name for field in dataclasses.fields(cls)}
        declared = {name: found for name, found in declared.items() if name in names}
    planner = Planner(repository.__name__, cls, repository.row_class, declared, whole=whole)
    shape = planner.plan()
    return shape, tuple(planner.problems)


def shape_of(repository: type[Repository[Any, Any]], cls: type, *, whole: bool = True) -> Shape:
    """Return how a class fits the repository's row, or raise DeclarationError."""
    shape, problems = plan(repository, cls, whole=whole)
    if shape is None or problems:
        raise DeclarationError(repository.__name__, problems)
    return shape


_SAME_NAME = Column(name=None, load=None, store=None)


def _load_enum(cls: type[Enum]) -> Convert:
    def load(value: Any) -> Any:
        return None if value is None else cls(value)

    return load


def _store_enum(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _fills_itself(column: Field[Any, Any]) -> bool:
    return bool(
        column.null
        or column.has_default()
        or column.has_db_default()
        or column.generated
        or isinstance(column, models.AutoField | models.BigAutoField | models.SmallAutoField)
    )


def _is_unique(row: type[Model], column: str) -> bool:
    """Return whether some constraint rules out the same value twice."""
    meta = row._meta
    constrained = [set(names) for names in meta.unique_together]
    constrained += [
        set(constraint.fields)
        for constraint in meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    unique = getattr(meta.get_field(column), "unique", False)
    return unique or any(column in names for names in constrained)
