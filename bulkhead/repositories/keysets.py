"""Orders in which every row has a place of its own, and the way from one row to the next."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import BinaryField, BooleanField, F, Func, JSONField, Q, Value

from bulkhead.repositories.errors import BadCursorError, UnpageableOrderError

if TYPE_CHECKING:
    from django.db.models import Field, Model
    from django.db.models.expressions import OrderBy

_WITHOUT_ORDER = (BinaryField, JSONField)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One column of an order."""

    column: Field[Any, Any]
    falls: bool

    @property
    def name(self) -> str:
        """The column, as a queryset calls it."""
        return self.column.attname

    @property
    def order_by(self) -> str:
        """The column with its direction."""
        return f"-{self.name}" if self.falls else self.name

    @property
    def ordering(self) -> OrderBy:
        """What a queryset sorts by; rows without a value come last in both directions."""
        last = True if self.column.null else None
        return (
            F(self.name).desc(nulls_last=last) if self.falls else F(self.name).asc(nulls_last=last)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Rows that stand one after the other, and that one statement finds by an index."""

    where: Q
    order_by: tuple[Any, ...]


class Keyset:
    """An order in which every row has its own place: some columns, and the key where needed.

    The key goes the way of the column before it, so that one index serves both directions.
    """

    def __init__(self, owner: str, row: type[Model], order_by: Sequence[str]) -> None:
        """Raise UnpageableOrderError for a column that can't tell a row's place."""
        self.owner = owner
        self.row = row
        self.places = tuple(self._places(order_by))

    @property
    def columns(self) -> list[str]:
        """The columns of the order, without their direction."""
        return [place.name for place in self.places]

    @property
    def order_by(self) -> list[str]:
        """The columns of the order, each with its direction."""
        return [place.order_by for place in self.places]

    def stretches(self, cursor: str | None) -> Iterator[Stretch]:
        """Return what follows the cursor's row, in order, or all rows where there is no cursor.

        Columns of one direction are compared as one, `(a, b) > (1, 2)`, which databases look up in
        an index; a column that may be null, and one that turns, begins a stretch of its own.
        """
        if cursor is None:
            yield from self._beginning(self.places)
            return
        values = self._values(cursor)
        for start, end in reversed(list(self._runs())):
            same = Q(*map(_equal, self.places[:start], values[:start]))
            yield from self._beyond(same, start, end, values)

    def cursor(self, values: Sequence[Any]) -> str:
        """Return the cursor of the row that has these values in the columns of the order."""
        return signing.dumps([_text(value) for value in values], salt=self._salt)

    def _beginning(self, places: Sequence[Place]) -> Iterator[Stretch]:
        first, *others = places
        rest = tuple(place.ordering for place in others)
        if not first.column.null:
            yield Stretch(where=Q(), order_by=(first.order_by, *rest))
            return
        for missing in (False, True):
            where = Q(**{f"{first.name}__isnull": missing})
            yield Stretch(where=where, order_by=(first.order_by, *rest))

    def _beyond(self, same: Q, start: int, end: int, values: Sequence[Any]) -> Iterator[Stretch]:
        first, run = self.places[start], self.places[start:end]
        rest = tuple(place.ordering for place in self.places[end:])
        order_by = (*(place.order_by for place in self.places[:end]), *rest)
        none = Q(**{f"{first.name}__isnull": True})
        if values[start] is not None:
            beyond = Q(_comparison(run, values[start:end]))
            yield Stretch(where=same & beyond, order_by=order_by)
            if first.column.null:
                yield Stretch(where=same & none, order_by=order_by)
        elif len(run) > 1:
            beyond = Q(_comparison(run[1:], values[start + 1 : end]))
            yield Stretch(where=same & none & beyond, order_by=order_by)

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Return where columns begin and end that are compared as one."""
        start = 0
        for number in range(1, len(self.places)):
            place = self.places[number]
            if place.column.null or place.falls != self.places[start].falls:
                yield start, number
                start = number
        yield start, len(self.places)

    @property
    def _salt(self) -> str:
        return f"{self.owner}:{self.row._meta.label}:{','.join(self.order_by)}"

    def _values(self, cursor: str) -> list[Any]:
        try:
            texts = signing.loads(cursor, salt=self._salt)
            columns = [place.column for place in self.places]
            return [column.to_python(text) for column, text in zip(columns, texts, strict=True)]
        except (signing.BadSignature, ValidationError, ValueError) as error:
            raise BadCursorError from error

    def _places(self, order_by: Sequence[str]) -> Iterator[Place]:
        falls = False
        for name in order_by:
            falls = name.startswith("-")
            column = self._column(name.removeprefix("-"))
            yield Place(column=column, falls=falls)
            if column.unique and not column.null:
                return
        yield Place(column=self._column("pk"), falls=falls)

    def _column(self, name: str) -> Field[Any, Any]:
        known = {name: field for field in self.row._meta.concrete_fields for name in _names(field)}
        column = known.get(name)
        if column is None:
            raise UnpageableOrderError(self.owner, name, why="it is no column of the row")
        if isinstance(column, _WITHOUT_ORDER):
            raise UnpageableOrderError(self.owner, name, why="its values have no order")
        return column


def _equal(place: Place, value: Any) -> Q:
    return Q(**{f"{place.name}__isnull": True} if value is None else {place.name: value})


def _comparison(places: Sequence[Place], values: Sequence[Any]) -> Func:
    """Return `(a, b) > (1, 2)`, or `<` where they fall."""
    columns = Func(*(F(place.name) for place in places), template="(%(expressions)s)")
    row = Func(
        *(Value(value, place.column) for place, value in zip(places, values, strict=True)),
        template="(%(expressions)s)",
    )
    return Func(
        columns,
        row,
        template="%(expressions)s",
        arg_joiner=" < " if places[0].falls else " > ",
        output_field=BooleanField(),
    )


def _names(field: Field[Any, Any]) -> tuple[str, ...]:
    named = (field.name, field.attname)
    return (*named, "pk") if field.primary_key else named


def _text(value: Any) -> Any:
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value if value is None or isinstance(value, int | bool) else str(value)
