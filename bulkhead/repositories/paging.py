"""Pages of a list, each found by the last row of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bulkhead.repositories.keysets import Keyset
from bulkhead.repositories.reading import read
from bulkhead.repositories.shapes import Shape, Stored

if TYPE_CHECKING:
    from django.db.models import QuerySet

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some items of a list, and the way to those that follow."""

    items: list[T]
    next_cursor: str | None
    """What to pass as `after` for the next page; None on the last."""

    total: int | None = None
    """How many items all pages have together, where that was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """Which page of a list is asked for."""

    order_by: str | Sequence[str] = ()
    """Columns of the row, also as `"status,-due_on"`; the key where none is named."""

    size: int = 50
    """How many items it has at most."""

    after: str | None = None
    """The `next_cursor` of the page before; None for the first."""

    count: bool = False
    """Whether to count the items of all pages, which costs as much as they are many."""

    def __post_init__(self) -> None:
        """Raise ValueError for a page that could hold nothing."""
        if self.size < 1:
            msg = f"A page holds at least one item, not {self.size}."
            raise ValueError(msg)


def rows_of_page(
    shape: Shape, keyset: Keyset, rows: QuerySet[Any], asked: PageRequest
) -> tuple[list[Stored], str | None]:
    """Return the rows of a page, and the cursor of the next one, if there is one.

    As many stretches are read as it takes to find one row more.
    """
    found: list[Stored] = []
    for stretch in keyset.stretches(asked.after):
        some = rows.filter(stretch.where).order_by(*stretch.order_by)
        found += read(shape, some[: asked.size + 1 - len(found)], rows.db)
        if len(found) > asked.size:
            last = found[asked.size - 1]
            return found[: asked.size], keyset.cursor(_position(shape, keyset, rows, last))
    return found, None


def _position(shape: Shape, keyset: Keyset, rows: QuerySet[Any], row: Stored) -> Sequence[Any]:
    """Return what the row holds in the columns of the order."""
    known = {
        **dict(zip(shape.columns, row.values, strict=True)),
        rows.model._meta.pk.attname: row.key,
    }
    names = keyset.columns
    if known.keys() >= set(names):
        return [known[name] for name in names]
    found: Sequence[Any] = rows.filter(pk=row.key).values_list(*names).get()
    return found
