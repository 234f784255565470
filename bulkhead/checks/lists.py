"""Checks of the orderings that lists declare: E069 and W069. Without ninja there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from inspect import unwrap
from typing import TYPE_CHECKING, Any, get_args, get_origin

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name for it

from bulkhead.checks.subjects import check
from bulkhead.components import installed_components
from bulkhead.errors import listed
from bulkhead.hints import members
from bulkhead.repositories import Page, UnpageableOrderError, installed_repositories
from bulkhead.repositories.declarations import named_columns
from bulkhead.repositories.indexes import served
from bulkhead.repositories.keysets import Keyset

if TYPE_CHECKING:
    from bulkhead.api.routers import Endpoint
    from bulkhead.components import ComponentConfig
    from bulkhead.repositories.registry import AnyRepository


@check
def check_lists(**_kwargs: object) -> list[CheckMessage]:
    """Compare the orderings of each list with the rows that it reads, where these are known."""
    if find_spec("ninja") is None:
        return []
    return [
        message
        for component in installed_components()
        for endpoint in _endpoints(component)
        for order_by in _orderings(endpoint)
        for message in _judged(endpoint, order_by)
    ]


def _endpoints(component: ComponentConfig) -> Sequence[Endpoint]:
    from bulkhead.api.routers import MissingRouterError, endpoints_of  # noqa: PLC0415 - needs ninja

    try:
        return endpoints_of(component)
    except MissingRouterError:  # E061 says so
        return ()


def _orderings(endpoint: Endpoint) -> Iterator[str]:
    from bulkhead.api.declared import declared_of  # noqa: PLC0415 - needs ninja
    from bulkhead.api.paging import PagingParameter  # noqa: PLC0415

    for filled in declared_of(endpoint.operation).filled:
        if isinstance(filled.parameter, PagingParameter):
            yield from filled.parameter.orderings


def _judged(endpoint: Endpoint, order_by: str) -> Iterator[CheckMessage]:
    """Judge an ordering by the repositories that may have made the page; one is enough."""
    found = [_judged_by(each, endpoint, order_by) for each in _repositories(endpoint)]
    if found and all(found):
        yield from found[0]


def _judged_by(repository: AnyRepository, endpoint: Endpoint, order_by: str) -> list[CheckMessage]:
    row = repository.row_class
    try:
        keyset = Keyset(repository.__name__, row, named_columns(order_by))
    except UnpageableOrderError as error:
        columns = listed(sorted(field.name for field in row._meta.concrete_fields))
        return [
            Error(
                f"{endpoint.name} declares the ordering {order_by!r}, and "
                f"{repository.__name__} can't page by {error.column!r}: {error.why}.",
                hint=f"Write columns of {row.__name__} into the brackets of Paging: {columns}.",
                id="bulkhead.E069",
            )
        ]
    if served(keyset):
        return []
    names = ", ".join(
        f'"{"-" if place.falls else ""}{place.column.name}"' for place in keyset.places
    )
    return [
        Warning(
            f"{endpoint.name} can be ordered by {order_by!r}, and no index of {row.__name__} "
            f"begins with {', '.join(keyset.columns)}: each page sorts all rows that fit.",
            hint=f"Add models.Index(fields=[{names}], name=...) to the indexes of "
            f"{row.__name__}, or take the ordering out of the brackets of Paging.",
            id="bulkhead.W069",
        )
    ]


def _repositories(endpoint: Endpoint) -> list[AnyRepository]:
    """Return the repositories of the aggregate whose `Page[...]` the view says it returns."""
    from bulkhead.api.parameters import read_signature  # noqa: PLC0415 - needs ninja

    answer = read_signature(unwrap(endpoint.operation.view_func)).return_annotation
    aggregates = set(_of_pages(answer))
    return [each for each in installed_repositories() if each.aggregate_class in aggregates]


def _of_pages(annotation: Any) -> Iterator[Any]:
    for member in members(annotation):
        if get_origin(member) is Page:
            yield from get_args(member)
        else:
            for inner in get_args(member):
                yield from _of_pages(inner)
