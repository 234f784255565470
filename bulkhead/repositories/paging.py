"""Pages of a list, each found by the last key of the one before."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
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
        pk = row._meta.pk.name
        named = [name for name in order_by if name.lstrip("-") != "pk"]
        ends_in_key = pk in (name.lstrip("-") for name in named)
        self.order_by = (*named,) if ends_in_key else (*named, pk)
        self.columns = [self._column(name.lstrip("-")) for name in self.order_by]

    def after(self, cursor: str) -> Q:
        """Return the condition that selects what follows the cursor's row."""
        beyond, equal = Q(), Q()
        for name, value in zip(self.order_by, self._values(cursor), strict=True):
            column, test = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
            beyond |= equal & Q(**{f"{column}__{test}": value})
            equal &= Q(**{column: value})
        first, test = self.order_by[0], "lte" if self.order_by[0].startswith("-") else "gte"
        bound = Q(**{f"{first.lstrip('-')}__{test}": self._values(cursor)[0]})
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
            return [
                column.to_python(text) for column, text in zip(self.columns, texts, strict=True)
            ]
        except (signing.BadSignature, ValidationError, ValueError) as error:
            raise BadCursorError from error

    def _column(self, name: str) -> Field[Any, Any]:
        try:
            column = self.row._meta.get_field(name)
        except FieldDoesNotExist:
            raise UnpageableOrderError(self.owner, name, why="it is no column of the row") from None
        if not column.concrete or column.null:
            raise UnpageableOrderError(self.owner, name, why="it may be null")
        return column


def _text(value: Any) -> Any:
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value if isinstance(value, int | bool) else str(value)
