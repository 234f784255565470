"""Finds where each field of a class is stored, and all that does not fit."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models

from bulkhead.repositories import problems
from bulkhead.repositories.annotations import Annotation, collection, is_dataclass_type
from bulkhead.repositories.columns import AS_IT_IS, ColumnPlanner, constructor_of
from bulkhead.repositories.declarations import Children, Column, Composite, Declaration
from bulkhead.repositories.errors import DeclarationError
from bulkhead.repositories.registry import declarations_of
from bulkhead.repositories.shapes import AnyField, ChildrenField, Shape, ValueField

if TYPE_CHECKING:
    from django.db.models import Field, ForeignKey, Model

    from bulkhead.repositories.problems import Problem
    from bulkhead.repositories.repository import Repository

VERSION = "version"


class Planner:
    """Plans one class and its row; what does not fit is collected in `problems`."""

    def __init__(
        self,
        owner: str,
        cls: type,
        row: type[Model],
        declared: Mapping[str, Declaration],
    ) -> None:
        self.owner = owner
        self.cls = cls
        self.row = row
        self.declared = declared
        self.problems: list[Problem] = []
        self.columns = ColumnPlanner(owner, row, self.problems)

    def aggregate(self) -> Shape | None:
        """Return the shape of a class that is stored, or None where it can't be understood."""
        shape = self.view()
        if shape is None:
            return None
        key = self.row._meta.pk
        if shape.key is None:
            self.problems.append(
                problems.no_key(self.cls.__name__, row=self.row.__name__, key=key.name)
            )
        self._refuse_other_columns(kept=())
        return dataclasses.replace(shape, version=self._version(shape))

    def part(self, *, kept: tuple[str | None, ...]) -> Shape | None:
        """Return the shape of a part; the columns that are `kept` are no fields of it."""
        shape = self.view()
        self._refuse_other_columns(kept=kept)
        return shape

    def view(self) -> Shape | None:
        """Return the shape of a class that shows some columns and is never stored."""
        hints = self.columns.annotations(self.cls)
        if hints is None:
            return None
        self._refuse_inherited_row()
        found = [field for name, hint in hints.items() for field in self._field(name, hint)]
        fields = tuple(self.columns.finished(field) for field in found)
        self.columns.compare_nullability()
        children = [child for name, hint in hints.items() for child in self._children(name, hint)]
        self._refuse_unknown_declarations(hints)
        pk = self.row._meta.pk.attname
        return Shape(
            cls=self.cls,
            model=self.row,
            columns=tuple(self.columns.columns),
            fields=fields,
            children=tuple(children),
            constructor=constructor_of(self.cls),
            key=next((f for f in fields if isinstance(f, ValueField) and f.column == pk), None),
            version=None,
            frozen=self.cls.__dataclass_params__.frozen,  # type: ignore[attr-defined]
        )

    def _field(self, name: str, hint: Annotation) -> Iterator[AnyField]:
        """Yield the field, unless it holds children or does not fit."""
        path = self._called(name)
        declaration = self.declared.get(name)
        if isinstance(declaration, Children):
            return
        if declaration is None:
            declaration = self._undeclared(name, hint.type)
        if isinstance(declaration, Composite):
            yield from self.columns.composite(path, hint, declaration, name)
        else:
            yield from self.columns.value(path, hint, declaration, name)

    def _undeclared(self, name: str, cls: Any) -> Column | Composite:
        """Return what a field is taken for: a composite, where there are columns for its parts."""
        if name not in self.columns.by_name and is_dataclass_type(cls):
            starts = (column.startswith(f"{name}_") for column in self.columns.by_name)
            if any(starts):
                return Composite(cls=cls, columns={})
        return AS_IT_IS

    def _children(self, name: str, hint: Annotation) -> Iterator[ChildrenField]:
        declared = self.declared.get(name)
        if not isinstance(declared, Children):
            return
        items = collection(hint.type)
        if items is None or hint.optional or items.item is not declared.cls:
            self.problems.append(
                problems.no_collection(self._called(name), cls=declared.cls.__name__)
            )
            return
        foreign_key = self._foreign_key(name, declared)
        if foreign_key is None:
            return
        planner = Planner(self.owner, declared.cls, declared.row, declared.declared)
        place = planner.place(declared.order_by)
        shape = planner.part(kept=(foreign_key.attname, place))
        self.problems += planner.problems
        if shape is not None:
            yield ChildrenField(
                name=name,
                shape=shape,
                foreign_key=foreign_key,
                order_by=declared.order_by,
                place=place,
                container=items.container,
            )

    def place(self, order_by: str | None) -> str | None:
        """Return the integer column that no field of the class holds, None where there is none."""
        name = (order_by or "").lstrip("-")
        column = self.columns.by_name.get(name)
        if name not in ("", "pk") and column is None:
            self.problems.append(
                problems.unknown_order(
                    self.owner,
                    cls=self.cls.__name__,
                    name=name,
                    row=self.row.__name__,
                    columns=self.columns.names,
                )
            )
        return column.attname if column is not None and self._keeps(column, order_by) else None

    def _keeps(self, column: Field[Any, Any], order_by: str | None) -> bool:
        if not isinstance(column, models.IntegerField) or column.primary_key:
            return False
        fields = dataclasses.fields(self.cls) if dataclasses.is_dataclass(self.cls) else ()
        return order_by == column.name and column.name not in {field.name for field in fields}

    def _foreign_key(self, name: str, declared: Children) -> ForeignKey[Any, Any] | None:
        leading = [
            field
            for field in declared.row._meta.concrete_fields
            if isinstance(field, models.ForeignKey)
            and field.related_model is self.row
            and field.target_field.primary_key
            and declared.foreign_key in (None, field.name)
        ]
        if len(leading) == 1:
            return leading[0]
        self.problems.append(
            problems.no_foreign_key(
                self._called(name),
                cls=declared.cls.__name__,
                child=declared.row.__name__,
                row=self.row.__name__,
                found=[field.name for field in leading],
            )
        )
        return None

    def _version(self, shape: Shape) -> ValueField | None:
        named = (f for f in shape.fields if isinstance(f, ValueField) and f.name == VERSION)
        version = next(named, None)
        if version is None:
            return None
        if not isinstance(self.columns.by_name[version.column], models.IntegerField):
            self.problems.append(problems.no_number(self.columns.stored_as(version.column)))
        return version

    def _refuse_unknown_declarations(self, hints: Mapping[str, Annotation]) -> None:
        self.problems += [
            problems.unknown_name(self.owner, name, cls=self.cls.__name__, fields=hints)
            for name in sorted(self.declared.keys() - hints.keys())
        ]

    def _refuse_inherited_row(self) -> None:
        if self.row._meta.parents and not self.row._meta.proxy:
            self.problems.append(problems.inherited_row(self.row.__name__))

    def _refuse_other_columns(self, *, kept: tuple[str | None, ...]) -> None:
        self.problems += [
            problems.no_field(self.cls.__name__, row=self.row.__name__, column=column.name)
            for column in self.row._meta.concrete_fields
            if column.attname not in (*self.columns.columns, *kept) and not _fills_itself(column)
        ]

    def _called(self, field: str) -> str:
        return f"{self.cls.__name__}.{field}"


@cache
def plan(
    repository: type[Repository[Any, Any]], cls: type, *, whole: bool = True
) -> tuple[Shape | None, tuple[Problem, ...]]:
    """Return how a class fits the repository's row, and what does not fit.

    `whole=False` is for a class that shows a part of the row and is never stored.
    """
    declared = declarations_of(repository)
    if not whole and dataclasses.is_dataclass(cls):
        names = {field.name for field in dataclasses.fields(cls)}
        declared = {name: found for name, found in declared.items() if name in names}
    planner = Planner(repository.__name__, cls, repository.row_class, declared)
    shape = planner.aggregate() if whole else planner.view()
    return shape, tuple(planner.problems)


def shape_of(repository: type[Repository[Any, Any]], cls: type, *, whole: bool = True) -> Shape:
    """Return how a class fits the repository's row, or raise DeclarationError."""
    shape, found = plan(repository, cls, whole=whole)  # type: ignore[arg-type] # it is hashable
    if shape is None or found:
        raise DeclarationError(repository.__name__, found)
    return shape


def _fills_itself(column: Field[Any, Any]) -> bool:
    return bool(
        column.null
        or column.has_default()
        or column.has_db_default()
        or column.generated
        or getattr(column, "auto_now", False)
        or getattr(column, "auto_now_add", False)
        or isinstance(column, models.AutoField | models.BigAutoField | models.SmallAutoField)
    )
