"""Pages of a list, each found by the last key of the one before."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q

from bulkhead.repositories.errors import BadCursorError, UnpageableOrderError

if TYPE_CHECKING:
    from django.db.models import Field, Model

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some items of a list, and the way to those that follow."""

    items: list[T]
    next_cursor: str | None
    """What to pass as `after` for the next page; None on the last."""


class Keyset:
    """An order in which every row has its own position: some columns, and at last the key."""

    def __init__(self, owner: str, row: type[Model], order_by: Sequence[str]) -> None:
        """Raise UnpageableOrderError for a column that can't tell a row's position."""
        self.owner = owner
        self.row = row
        named = [(name.startswith("-"), self._column(name.removeprefix("-"))) for name in order_by]
        if row._meta.pk not in (column for _, column in named):
            named.append((False, row._meta.pk))
        self.falls = [falls for falls, _ in named]
        self.fields = [column for _, column in named]

    @property
    def columns(self) -> list[str]:
        """The columns of the order, without their direction."""
        return [field.attname for field in self.fields]

    @property
    def order_by(self) -> list[str]:
        """The order, as a queryset takes it."""
        return [
            f"-{name}" if falls else name
            for falls, name in zip(self.falls, self.columns, strict=True)
        ]

    def after(self, cursor: str) -> Q:
        """Return the condition that selects what follows the cursor's row."""
        values = self._values(cursor)
        beyond, equal = Q(), Q()
        for falls, name, value in zip(self.falls, self.columns, values, strict=True):
            beyond |= equal & Q(**{f"{name}__lt" if falls else f"{name}__gt": value})
            equal &= Q(**{name: value})
        first = f"{self.columns[0]}__lte" if self.falls[0] else f"{self.columns[0]}__gte"
        bound = Q(**{first: values[0]})
        return bound & beyond  # the bound alone lets the database start at the right place

    def cursor(self, values: Sequence[Any]) -> str:
        """Return the cursor of the row that has these values in the columns of the order."""
        return signing.dumps([_text(value) for value in values], salt=self._salt)

    @property
    def _salt(self) -> str:
        return f"{self.owner}:{self.row._meta.label}:{','.join(self.order_by)}"

    def _values(self, cursor: str) -> list[Any]:
        try:
            texts = signing.loads(cursor, salt=self._salt)
            return [field.to_python(text) for field, text in zip(self.fields, texts, strict=True)]
        except (signing.BadSignature, ValidationError, ValueError) as error:
            raise BadCursorError from error

    def _column(self, name: str) -> Field[Any, Any]:
        known = {name: field for field in self.row._meta.concrete_fields for name in _names(field)}
        column = known.get(name)
        if column is None:
            raise UnpageableOrderError(self.owner, name, why="it is no column of the row")
        if column.null:
            raise UnpageableOrderError(self.owner, name, why="it may be null")
        return column


def _names(field: Field[Any, Any]) -> tuple[str, ...]:
    named = (field.name, field.attname)
    return (*named, "pk") if field.primary_key else named


def _text(value: Any) -> Any:
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value if isinstance(value, int | bool) else str(value)
