"""Lists in pages: which one a client asks for, and what it gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, ClassVar, Generic, Literal, TypeVar, get_args, get_origin

from ninja import Status
from ninja.operation import Operation
from ninja.params.models import Param, Query
from pydantic import Field, create_model

from bulkhead.api.cursors import sealed, unsealed
from bulkhead.api.parameters import Call, Parameter
from bulkhead.api.schemas import Schema
from bulkhead.errors import BulkheadError
from bulkhead.hints import bare
from bulkhead.repositories import Page, PageRequest

T = TypeVar("T")
O = TypeVar("O", bound=str)  # noqa: E741 - an order

_BY_KEY = "pk"


class NoPageError(BulkheadError, TypeError):
    """An endpoint asks for paging, and does not answer a page."""

    def __init__(self, operation: Operation, *, answered: object) -> None:
        name = operation.view_func.__name__
        super().__init__(
            f"{name} takes Paging, and returned {type(answered).__name__}. "
            f"Return the Page that a repository's page() gives."
        )


class NoOrderingsError(BulkheadError, TypeError):
    """The brackets of Paging hold no orderings."""

    def __init__(self, given: object) -> None:
        super().__init__(
            f"Paging[{given!r}] names no orderings. "
            f'Write them as Paging[Literal["-issued_on", "number"]], the default first.'
        )


class PageOf(Schema, Generic[T]):
    """Some items of a list, and the way to those that follow."""

    items: list[T]
    next_cursor: str | None = Field(
        description="What to send as `after` for the next page; null on the last."
    )
    total: int | None = Field(
        description="How many items all pages have together; null unless `count=true` asks for it."
    )

    def __class_getitem__(cls, item: Any) -> Any:
        """Return the page of these items, which the document calls `PageOfInvoiceOut`."""
        generic = super().__class_getitem__(item)
        is_named = isinstance(item, type) and get_origin(item) is None
        return _page_of(generic, item) if is_named else generic


@cache
def _page_of(generic: type[PageOf[Any]], item: type) -> type[PageOf[Any]]:
    """Return a class of its own, which belongs where its items do."""
    name = f"PageOf{item.__name__}"
    return create_model(name, __base__=generic, __module__=item.__module__, __doc__=PageOf.__doc__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging(PageRequest, Generic[O]):
    """Which page of a list a client asks for: `Paging[Literal["-issued_on", "number"]]`.

    The brackets hold the orderings that there are, the default first: columns of the row, each
    with its direction, and several of them with commas, `"status,-due_on"`. A subclass sets
    `usual_size` and `most`.
    """

    order_by: O
    usual_size: ClassVar[int] = 50
    most: ClassVar[int] = 200

    @classmethod
    def bulkhead_parameter(cls, orderings: Any = None) -> Parameter:
        """Return what fills it."""
        return PagingParameter(cls, _read(cls if orderings is None else orderings))


class PagingParameter(Parameter):
    """Takes order, size, cursor and the wish for a count from the query."""

    statuses = frozenset({400})

    def __init__(self, cls: type[Paging[Any]], orderings: tuple[str, ...]) -> None:
        self.cls = cls
        self.orderings = orderings

    def sent(self, *, optional: bool) -> Mapping[str, tuple[Any, Param]]:
        """Return the parameters of a list."""
        del optional
        return self._sent

    @cached_property
    def _sent(self) -> Mapping[str, tuple[Any, Param]]:
        order_by = Query(
            self.orderings[0], alias="order_by", description="The order, `-` for falling."
        )
        taken = {
            "order_by": (Literal[self.orderings], order_by),
            "size": (int, _size(self.cls)),
            "after": (str | None, Query(None, alias="after", description=_AFTER)),
            "count": (bool, Query(False, alias="count", description=_COUNT)),  # noqa: FBT003
        }
        if self.orderings == (_BY_KEY,):
            del taken["order_by"]
        return taken

    def fill(self, call: Call, sent: Mapping[str, Any]) -> object:
        """Return the request for a page, or raise BadCursorError."""
        order_by = sent.get("order_by", _BY_KEY)
        after = sent["after"]
        return self.cls(
            order_by=order_by,
            size=sent["size"],
            after=None if after is None else unsealed(after, call, order_by),
            count=sent["count"],
        )

    def returned(self, call: Call, argument: object, result: Any) -> Any:
        """Return the page, its cursor sealed, or raise NoPageError."""
        if isinstance(result, Status):
            return Status(result.status_code, self.returned(call, argument, result.value))
        if not isinstance(result, Page):
            raise NoPageError(call.operation, answered=result)
        if result.next_cursor is None:
            return result
        order_by = getattr(argument, "order_by", _BY_KEY)
        return replace(result, next_cursor=sealed(result.next_cursor, call, order_by))

    def describe(self, operation: Operation, details: dict[str, Any], *, optional: bool) -> None:
        """Write a single ordering as the others are: as the values that there are."""
        del operation, optional
        for parameter in details["parameters"]:
            if parameter["name"] == "order_by" and "const" in parameter["schema"]:
                parameter["schema"]["enum"] = [parameter["schema"].pop("const")]


_AFTER = "The `next_cursor` of the page before, asked for with the same filters and order."
_COUNT = "Whether to count all items, which takes long where they are many."


def _size(cls: type[Paging[Any]]) -> Param:
    described = "How many items a page has at most."
    return Query(cls.usual_size, alias="size", ge=1, le=cls.most, description=described)


def _read(given: Any) -> tuple[str, ...]:
    """Return the orderings of `Literal[...]`, or of what a subclass of Paging names."""
    given = bare(given)
    if isinstance(given, type) and issubclass(given, Paging):
        bases = getattr(given, "__orig_bases__", ())
        named = [base for base in bases if issubclass(get_origin(base) or object, Paging)]
        return _read(get_args(named[0])[0] if named else str)
    if given is str or isinstance(given, TypeVar):
        return (_BY_KEY,)
    orderings = get_args(given) if get_origin(given) is Literal else ()
    if not orderings or not all(isinstance(each, str) for each in orderings):
        raise NoOrderingsError(given)
    return orderings
