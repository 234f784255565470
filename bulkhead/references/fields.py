"""A column that holds the id of another component's row."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, overload
from uuid import UUID

from django.apps import apps
from django.db import models

from bulkhead.errors import BulkheadError
from bulkhead.references.labels import KnownReference

if TYPE_CHECKING:
    from django.db.models import Model
    from django.db.models.expressions import Combinable
    from django.utils.functional import _StrPromise

    Id = str | UUID | Combinable
    Number = float | int | str | Combinable
    Text = str | Combinable

_ST_contra = TypeVar("_ST_contra", contravariant=True)
_GT_co = TypeVar("_GT_co", covariant=True)


_NAME = re.compile(r"[^\W\d]\w*\.[^\W\d]\w*")


class ReferenceDeclarationError(BulkheadError, TypeError):
    """A ReferenceField can't be made of what it was given."""


if TYPE_CHECKING:
    Typed = models.Field
else:

    class Typed(models.Field):
        """A field whose types stand in brackets, which only type checkers read."""

        def __class_getitem__(cls, _types: object) -> type[models.Field]:
            """Return the class: at run time the types are nobody's business."""
            return cls


class ReferenceField(Typed[_ST_contra, _GT_co]):
    """Holds the id of a row that lives elsewhere: `ReferenceField("contracting.contract")`.

    The name is that of a component and of a provider in its `public`, or that of a model of a
    legacy app (`settings.AUTH_USER_MODEL`).
    To the database, to migrations and to queries it is nothing but the column, a UUID unless
    `column` says otherwise: no constraint, no join, and nothing happens to it when the other row
    is deleted.
    """

    reference: str
    column_class: type[models.Field[Any, Any]]

    def __new__(
        cls, *_args: object, column: models.Field[Any, Any] | None = None, **_options: object
    ) -> ReferenceField[Any, Any]:
        """Make a field that is of the column's class too: lookups, forms and others ask for it."""
        return super().__new__(
            _class_for(cast("Any", type(_column(column)))) if cls is ReferenceField else cls
        )

    @overload
    def __init__(
        self: ReferenceField[Id, UUID],
        reference: str,
        verbose_name: str | _StrPromise | None = ...,
        *,
        column: models.UUIDField[Any, Any] | None = ...,
        null: Literal[False] = ...,
        **options: Any,
    ) -> None: ...
    @overload
    def __init__(
        self: ReferenceField[Id | None, UUID | None],
        reference: str,
        verbose_name: str | _StrPromise | None = ...,
        *,
        column: models.UUIDField[Any, Any] | None = ...,
        null: Literal[True],
        **options: Any,
    ) -> None: ...
    @overload
    def __init__(
        self: ReferenceField[Number, int],
        reference: str,
        verbose_name: str | _StrPromise | None = ...,
        *,
        column: models.IntegerField[Any, Any],
        null: Literal[False] = ...,
        **options: Any,
    ) -> None: ...
    @overload
    def __init__(
        self: ReferenceField[Number | None, int | None],
        reference: str,
        verbose_name: str | _StrPromise | None = ...,
        *,
        column: models.IntegerField[Any, Any],
        null: Literal[True],
        **options: Any,
    ) -> None: ...
    @overload
    def __init__(
        self: ReferenceField[Text, str],
        reference: str,
        verbose_name: str | _StrPromise | None = ...,
        *,
        column: models.CharField[Any, Any],
        null: Literal[False] = ...,
        **options: Any,
    ) -> None: ...
    @overload
    def __init__(
        self: ReferenceField[Text | None, str | None],
        reference: str,
        verbose_name: str | _StrPromise | None = ...,
        *,
        column: models.CharField[Any, Any],
        null: Literal[True],
        **options: Any,
    ) -> None: ...
    @overload
    def __init__(
        self: ReferenceField[Any, Any],
        reference: str,
        verbose_name: str | _StrPromise | None = ...,
        *,
        column: models.Field[Any, Any],
        null: bool = ...,
        **options: Any,
    ) -> None: ...
    def __init__(
        self,
        reference: str,
        verbose_name: str | _StrPromise | None = None,
        *,
        column: models.Field[Any, Any] | None = None,
        **options: Any,
    ) -> None:
        """Take the options of the column, which may also stand beside it."""
        _, _, args, given = _column(column).deconstruct()
        if verbose_name is not None:
            options["verbose_name"] = verbose_name
        super().__init__(*args, **{**given, **options})
        self.reference = _checked(reference)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Return the column: a migration names no other component, and no Bulkhead."""
        return self.as_column().deconstruct()

    def clone(self) -> ReferenceField[_ST_contra, _GT_co]:
        """Return another field of the same kind, that no model has."""
        return type(self)(self.reference, column=self.as_column())

    def as_column(self) -> models.Field[Any, Any]:
        """Return the field that the database sees."""
        column = cast("Any", copy.copy(self))
        column.__class__ = self.column_class
        return cast("models.Field[Any, Any]", column)

    def set_attributes_from_name(self, name: str) -> None:
        """Call it "contract" where its name is contract_id and it is called nothing else."""
        super().set_attributes_from_name(name)
        if self._verbose_name is None:  # type: ignore[attr-defined]
            self.verbose_name = name.removesuffix("_id").replace("_", " ")

    def formfield(self, **kwargs: Any) -> Any:
        """Return a field of a form that refuses an unknown id."""
        known = KnownReference(self.reference, labels=kwargs.pop("labels", None))
        field = super().formfield(**kwargs)
        if field is not None:
            field.validators.append(known)
        return field


def reference_fields(model: type[Model]) -> list[ReferenceField[Any, Any]]:
    """Return the references that a model's own table holds."""
    return [field for field in model._meta.local_fields if isinstance(field, ReferenceField)]


def installed_references() -> Iterator[ReferenceField[Any, Any]]:
    """Yield every reference of every model, in the order of INSTALLED_APPS."""
    for model in apps.get_models():
        if not model._meta.proxy:
            yield from reference_fields(model)


def _column(given: models.Field[Any, Any] | None) -> models.Field[Any, Any]:
    """Return a plain column: one that points elsewhere, or counts by itself, is none."""
    column: object = models.UUIDField() if given is None else given
    if not isinstance(column, models.Field) or column.is_relation:
        what = f"column={given!r} is no plain column"
    elif isinstance(column, models.AutoField | ReferenceField):
        what = f"column={given!r} is a field of its own kind"
    else:
        return column
    msg = (
        f"{what}. A ReferenceField holds an id in a column such as models.UUIDField(), "
        f"models.BigIntegerField() or models.CharField(max_length=20). Give one of these."
    )
    raise ReferenceDeclarationError(msg)


def _checked(reference: object) -> str:
    if isinstance(reference, str) and _NAME.fullmatch(reference):
        return reference
    msg = (
        f"{reference!r} names nothing that a ReferenceField can point at. "
        f'Write "contracting.contract" for a provider in the public of a component, or '
        f'"portfolio.Project" for the model of a legacy app.'
    )
    raise ReferenceDeclarationError(msg)


@cache
def _class_for(column: Any) -> type[ReferenceField[Any, Any]]:
    body = {
        "__module__": ReferenceField.__module__,
        "__qualname__": ReferenceField.__qualname__,
        "__doc__": ReferenceField.__doc__,
        "column_class": column,
    }
    return type("ReferenceField", (ReferenceField, column), body)
