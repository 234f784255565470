"""A component's router: where its endpoints are collected, and where it is found."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from inspect import unwrap
from types import NoneType, SimpleNamespace
from typing import Any, Protocol, TypedDict, TypeVar, Unpack, get_origin, get_type_hints

import ninja
from django.http.response import HttpResponseBase
from ninja.constants import NOT_SET
from ninja.operation import Operation
from ninja.router import RouterMount
from ninja.utils import normalize_path

from bulkhead.api.bodies import close_shared_bodies
from bulkhead.api.declared import Declared, declare
from bulkhead.api.parameters import shown_to_ninja
from bulkhead.api.permissions import MaybePermission, parted
from bulkhead.components import ComponentConfig
from bulkhead.errors import BulkheadError

AnyView = TypeVar("AnyView", bound=Callable[..., Any])

_MADE_BY_HAND = (HttpResponseBase, ninja.Status, tuple, Iterator, AsyncIterator)


class MissingRouterError(BulkheadError):
    """A component has an `api`, and no router in it."""

    def __init__(self, component: ComponentConfig, *, found: str) -> None:
        self.component = component
        self.found = f"{component.label} has an api, but no router: {found}."
        self.way_out = (
            "Write `router = Router()` (from bulkhead.api import Router) in "
            f"{component.name.replace('.', '/')}/api/routes.py. Where its api is something else, "
            f"say `mounts_api = False` in {type(component).__name__}, and mount it in the project."
        )
        super().__init__(f"{self.found} {self.way_out}")


class Decorator(Protocol):
    """Adds a view as an endpoint, and leaves it as it is."""

    def __call__(self, view: AnyView, /) -> AnyView:
        """Return the view."""


class EndpointOptions(TypedDict, total=False):
    """What an endpoint may say of itself."""

    permission: MaybePermission
    """Who may call it: `"app.codename"`, a function over its rows, or a tuple of these."""
    if_match: bool
    """False where a change asks for no state that it is meant for."""
    problems: Collection[int]
    """Statuses that it may answer beside those that follow from what it takes, as 410."""
    auth: Any
    throttle: Any
    response: Any
    operation_id: str | None
    summary: str | None
    description: str | None
    tags: list[str] | None
    deprecated: bool | None
    by_alias: bool | None
    exclude_unset: bool | None
    exclude_defaults: bool | None
    exclude_none: bool | None
    url_name: str | None
    include_in_schema: bool
    openapi_extra: dict[str, Any] | None


class Router(ninja.Router):
    """Collects endpoints. What one returns is declared by its annotation, or by `response=`.

    An endpoint annotated with None answers 204. JSON bears the aliases of fields that have one.
    """

    def __init__(
        self, *, permission: MaybePermission = NOT_SET, by_alias: bool = True, **options: Any
    ) -> None:
        """Take who may call its endpoints, whether JSON bears aliases, and ninja's options."""
        parted(permission)
        super().__init__(by_alias=by_alias, **options)
        self.permission = permission

    def get(self, path: str, **options: Unpack[EndpointOptions]) -> Decorator:
        """Add an endpoint that reads."""
        return self.api_operation(["GET"], path, **options)

    def post(self, path: str, **options: Unpack[EndpointOptions]) -> Decorator:
        """Add an endpoint that makes something, or lets something happen."""
        return self.api_operation(["POST"], path, **options)

    def put(self, path: str, **options: Unpack[EndpointOptions]) -> Decorator:
        """Add an endpoint that replaces."""
        return self.api_operation(["PUT"], path, **options)

    def patch(self, path: str, **options: Unpack[EndpointOptions]) -> Decorator:
        """Add an endpoint that changes a part."""
        return self.api_operation(["PATCH"], path, **options)

    def delete(self, path: str, **options: Unpack[EndpointOptions]) -> Decorator:
        """Add an endpoint that removes."""
        return self.api_operation(["DELETE"], path, **options)

    def api_operation(
        self, methods: list[str], path: str, **options: Unpack[EndpointOptions]
    ) -> Decorator:
        """Add an endpoint that answers several methods."""

        def decorated(view: AnyView) -> AnyView:
            self.add_api_operation(path, methods, view, **options)
            return view

        return decorated

    def add_api_operation(  # noqa: PLR0913 - what Bulkhead reads of the options
        self,
        path: str,
        methods: list[str],
        view_func: Callable[..., Any],
        *,
        permission: MaybePermission = NOT_SET,
        if_match: bool = True,
        problems: Collection[int] = (),
        response: Any = NOT_SET,
        **options: Any,
    ) -> None:
        """Add an endpoint."""
        parted(permission)
        if response is NOT_SET:
            response = _annotated_response(view_func)
        shown, filled = shown_to_ninja(view_func, methods)
        super().add_api_operation(path, methods, shown, response=response, **options)
        declared = Declared(
            filled=filled,
            permission=permission,
            if_match=if_match,
            problems=frozenset(problems),
        )
        declare(shown, declared)
        close_shared_bodies(shown._ninja_operation)  # type: ignore[attr-defined]

    def build_routers(self, *args: Any, **options: Any) -> list[RouterMount]:
        """Return where it and the routers below it are mounted, each with its permission."""
        mounts = super().build_routers(*args, **options)
        for mount in mounts:
            if vars(mount).get("permission", NOT_SET) is NOT_SET:
                vars(mount)["permission"] = self.permission
        return mounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One way to call a router."""

    methods: tuple[str, ...]
    path: str
    operation: Operation

    @property
    def name(self) -> str:
        """The methods and the path, as `GET /invoicing/invoices`."""
        return f"{', '.join(self.methods)} {self.path}"


def find_router(component: ComponentConfig) -> ninja.Router | None:
    """Return `router` of the component's `api/routes.py`, or None where it has no `api` to mount.

    Raise MissingRouterError where there is none; what breaks the import is raised as it is.
    """
    api = find_spec(f"{component.name}.api") if component.mounts_api else None
    if api is None:
        return None
    if api.submodule_search_locations is None:
        raise MissingRouterError(component, found="api.py is a module, and not a package")
    name = f"{component.name}.api.routes"
    if find_spec(name) is not None:
        return _router_in(name, component)
    if api.origin is None:  # what is left of a package whose modules are gone
        return None
    raise MissingRouterError(component, found=f"{name} does not exist")


def _router_in(name: str, component: ComponentConfig) -> ninja.Router:
    router = getattr(import_module(name), "router", None)
    if router is None:
        raise MissingRouterError(component, found=f"{name} has no `router`")
    if not isinstance(router, ninja.Router):
        kind = f"of type {type(router).__name__}, and not a Router"
        raise MissingRouterError(component, found=f"`router` in {name} is {kind}")
    return router


def endpoints_of(component: ComponentConfig) -> tuple[Endpoint, ...]:
    """Return the component's endpoints, in the order of its router."""
    router = find_router(component)
    return () if router is None else tuple(_endpoints(f"/{component.label}", router))


def _endpoints(prefix: str, router: ninja.Router) -> Iterator[Endpoint]:
    for mount in router.build_routers(prefix):
        for path, view in mount.template.path_operations.items():
            full = normalize_path(f"/{mount.prefix}/{path}")
            for operation in view.operations:
                yield Endpoint(methods=tuple(operation.methods), path=full, operation=operation)


def _annotated_response(view: Callable[..., Any]) -> Any:
    annotations = getattr(view, "__annotations__", {})
    if "return" not in annotations:
        return NOT_SET
    alone = SimpleNamespace(__annotations__={"return": annotations["return"]})
    names = getattr(unwrap(view), "__globals__", {})
    answer = get_type_hints(alone, names, include_extras=True)["return"]
    if answer is NoneType:
        return {204: None}
    return NOT_SET if answer is Any or _is_made_by_hand(answer) else answer


def _is_made_by_hand(answer: Any) -> bool:
    cls = get_origin(answer) or answer
    return isinstance(cls, type) and issubclass(cls, _MADE_BY_HAND)
