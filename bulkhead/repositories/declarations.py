"""What a repository's class body may declare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from django.db.models import Model, Q

if TYPE_CHECKING:
    from bulkhead.repositories.repository import Repository

A = TypeVar("A")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A field that is stored in a column of another name, or in another form."""

    name: str | None
    load: Callable[[Any], Any] | None
    store: Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Composite:
    """A field whose value is spread over several columns."""

    cls: type
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Children:
    """A field that holds a collection of parts, each a row of another table."""

    cls: type
    row: type[Model]
    order_by: str | None
    foreign_key: str | None
    declared: Mapping[str, Declaration] = field(default_factory=dict)


Declaration = Column | Composite | Children


def column(
    name: str | None = None,
    *,
    load: Callable[[Any], Any] | None = None,
    store: Callable[[Any], Any] | None = None,
) -> Column:
    """Store this field in the column `name`.

    `load` makes the domain's value from the column's, `store` the column's from the domain's.
    """
    return Column(name=name, load=load, store=store)


def composite(cls: type, /, **columns: str) -> Composite:
    """Store this field's value of class `cls` in several columns: `amount="total_amount"`.

    Needed only where the columns are not called `<field>_<part>`. Two composites may share one.
    """
    return Composite(cls=cls, columns=columns)


def children(
    cls: type,
    row: type[Model],
    /,
    *,
    order_by: str | None = None,
    foreign_key: str | None = None,
    **declared: Declaration,
) -> Children:
    """Store this field's items, of class `cls`, as rows of their own.

    They come back in the order of the column `order_by`; an integer column that is no field of
    `cls` is kept by the repository, and holds the item's place.
    `foreign_key` names the one that leads to the parent, where there are several.
    Further keywords declare fields of `cls`, as a repository's body does.
    """
    return Children(cls=cls, row=row, order_by=order_by, foreign_key=foreign_key, declared=declared)


def named_columns(order_by: str | Sequence[str]) -> tuple[str, ...]:
    """Return the columns of an order, which may also be one string, with commas."""
    if isinstance(order_by, str):
        return tuple(name.strip() for name in order_by.split(","))
    return tuple(order_by)


class Finder(Generic[P]):
    """A named condition over the row's columns; called on a repository, it gives aggregates."""

    def __init__(
        self, condition: Callable[Concatenate[Any, P], Q], *, order_by: str | Sequence[str] = ()
    ) -> None:
        self.condition = condition
        self.order_by = named_columns(order_by)
        self.__doc__ = condition.__doc__

    def __get__(
        self, instance: Repository[A, Any], owner: type[Repository[A, Any]]
    ) -> Callable[P, list[A]]:
        """Return the call that finds aggregates by the condition."""
        if instance is None:
            return self  # type: ignore[unreachable] # as any descriptor, seen from the class

        def find(*args: P.args, **kwargs: P.kwargs) -> list[A]:
            where = self.condition(instance, *args, **kwargs)
            return instance.matching(where, order_by=self.order_by)

        return find


@overload
def finder(condition: Callable[Concatenate[Any, P], Q], /) -> Finder[P]: ...
@overload
def finder(
    *, order_by: str | Sequence[str]
) -> Callable[[Callable[Concatenate[Any, P], Q]], Finder[P]]: ...
def finder(
    condition: Callable[Concatenate[Any, P], Q] | None = None,
    /,
    *,
    order_by: str | Sequence[str] = (),
) -> Finder[P] | Callable[[Callable[Concatenate[Any, P], Q]], Finder[P]]:
    """Make a method that returns a `Q` into one that returns the aggregates it fits.

    They come in the order of `order_by`, else in that of the row's `Meta.ordering`, else by key.
    """

    def decorate(condition: Callable[Concatenate[Any, P], Q]) -> Finder[P]:
        return Finder(condition, order_by=order_by)

    return decorate if condition is None else decorate(condition)
