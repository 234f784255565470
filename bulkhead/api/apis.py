"""One API over all components."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from inspect import getdoc
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja import Router as NinjaRouter
from ninja.constants import NOT_SET
from ninja.errors import ValidationError, ValidationErrorContext
from ninja.operation import Operation
from ninja.router import BoundRouter

from bulkhead.api.authentication import SessionAuth, refused, set_sessions_aside
from bulkhead.api.boundary import answer_head, bounded, nowhere, undo_atomic_requests
from bulkhead.api.declared import declared_of
from bulkhead.api.documents import ComponentDocument
from bulkhead.api.locations import as_sent
from bulkhead.api.mounted_endpoints import MountedEndpoint, mounted_endpoints_of
from bulkhead.api.pages import DocsPage
from bulkhead.api.parameters import fill_parameters
from bulkhead.api.permissions import MaybePermission, guard, parted
from bulkhead.api.preconditions import precondition_failed
from bulkhead.api.problems import problem_response
from bulkhead.api.queries import refuse_unknown_queries
from bulkhead.api.refusals import problem_of
from bulkhead.api.requests import JSONParser
from bulkhead.api.responses import JSONRenderer, answer_fast
from bulkhead.api.routers import MissingRouterError, Router, find_router
from bulkhead.api.tagged_answers import tag_answers
from bulkhead.api.unexpected import unexpected_response
from bulkhead.api.validators import change_validators
from bulkhead.components import ComponentConfig, component_of_module, installed_components

_log = logging.getLogger("bulkhead.api")

_READ_ONLY = ("openapi-json", "openapi-view")


class ApiPatterns(list[URLPattern | URLResolver]):
    """The URL patterns of an API, which know it."""

    def __init__(self, api: ComponentAPI, patterns: list[URLPattern | URLResolver]) -> None:
        super().__init__(patterns)
        self.api = api


class ComponentAPI(NinjaAPI):
    """A ninja API whose errors are problem details and whose answers are written in one go."""

    def __init__(
        self, *, auth: Any = NOT_SET, permission: MaybePermission = NOT_SET, **options: Any
    ) -> None:
        """Take ninja's options, and who may call an endpoint that does not say it itself.

        An endpoint needs a session unless `auth` says otherwise.
        """
        parted(permission)
        self.permission = permission
        defaults: dict[str, Any] = {
            "default_router": Router(),
            "docs": DocsPage(),
            "parser": JSONParser(),
            "renderer": JSONRenderer(),
            "urls_namespace": "api",
        }
        super().__init__(auth=[SessionAuth()] if auth is NOT_SET else auth, **defaults | options)

    def mount(self, component: ComponentConfig) -> None:
        """Mount a component's router, if it has one, under its label and with its own tag.

        An `api` without a router is logged and passed over: the URLs load, and so the check that
        reports it (bulkhead.E061) can run.
        """
        try:
            router = find_router(component)
        except MissingRouterError as error:
            _log.error("%s", error)
            return
        if router is None:
            return
        self.add_router(f"/{component.label}", router, tags=[component.label])
        tags = self.openapi_extra.setdefault("tags", [])
        tags.append({"name": component.label, "description": _described(component)})

    @property
    def urls(self) -> tuple[list[URLPattern | URLResolver], str, str]:
        """What `path()` takes. Nothing under this path is left to what stands after it."""
        patterns, app_name, namespace = super().urls
        patterns = [*patterns, re_path("", nowhere, name="nowhere")]
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                view = pattern.callback
                safe = require_safe(view) if pattern.name in _READ_ONLY else view
                pattern.callback = bounded(safe, self.on_exception)
        return ApiPatterns(self, patterns), app_name, namespace

    def mounted_endpoints(self) -> list[MountedEndpoint]:
        """Return every endpoint, with the path below the API's own."""
        return [
            each for router in self._get_bound_routers() for each in mounted_endpoints_of(router)
        ]

    def operations(self) -> Iterator[Operation]:
        """Return every operation as it is mounted: with its authentication and its tags."""
        for mounted in self.mounted_endpoints():
            yield mounted.operation

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """Return the answer to an error: a handler's of the project, or a problem."""
        undo_atomic_requests()
        return super().on_exception(request, refused(request, exc))

    def set_default_exception_handlers(self) -> None:
        """Answer every error by a problem; a handler for a more special class goes first."""
        self.add_exception_handler(Exception, _answer)

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Return the findings, each at its place in what the client sent."""
        found = []
        for context in error_contexts:
            for error in super().validation_error_from_error_contexts([context]).errors:
                found.append(error | {"loc": as_sent(error["loc"], context.model)})  # noqa: PERF401
        return ValidationError(found)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> ComponentDocument:
        """Return the document."""
        if path_prefix is None:
            path_prefix = self.get_root_path(path_params or {})
        return ComponentDocument(self, path_prefix)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the component's label and the view's name."""
        return _qualified(operation)

    def get_operation_url_name(self, operation: Operation, router: NinjaRouter) -> str:
        """Return the same name for `reverse("api:…")`."""
        del router
        return _qualified(operation)

    def _get_bound_routers(self) -> list[BoundRouter]:
        is_new = self._bound_routers_cache is None
        routers = super()._get_bound_routers()
        if is_new:
            for router in routers:
                for view in router.path_operations.values():
                    answer_head(view)
                for operation in _operations(router):
                    self._prepare(operation, vars(router.mount).get("permission", NOT_SET))
        return routers

    def _prepare(self, operation: Operation, permission: MaybePermission) -> None:
        """Let a mounted operation do what it declares beyond what ninja knows."""
        set_sessions_aside(operation)
        change_validators(operation)
        declared = declared_of(operation)
        wanted = (declared.permission, permission, self.permission)
        guard(operation, next((each for each in wanted if each is not NOT_SET), None))
        fill_parameters(operation, declared.filled)
        refuse_unknown_queries(operation)
        if isinstance(self.renderer, JSONRenderer):
            answer_fast(operation)
        tag_answers(operation)


def component_api(  # noqa: PLR0913 - what the OpenAPI document says, and what holds for all
    *,
    title: str,
    version: str = "1.0.0",
    description: str = "",
    auth: Any = NOT_SET,
    permission: MaybePermission = NOT_SET,
    routers: Sequence[tuple[str, NinjaRouter]] = (),
    **options: Any,
) -> ComponentAPI:
    """Return one API over all installed components, and over the project's own routers.

    `auth` is what an endpoint asks for unless its router or itself says otherwise (ANYONE:
    nothing), and `permission` who may call it;
    `routers` are pairs of prefix and router; the rest are ninja's options, such as
    `docs_decorator`, which guards the document and its page.
    """
    api = ComponentAPI(
        title=title,
        version=version,
        description=description,
        auth=auth,
        permission=permission,
        **options,
    )
    for component in installed_components():
        api.mount(component)
    for prefix, router in routers:
        api.add_router(prefix, router)
    return api


def _answer(request: HttpRequest, error: Any) -> HttpResponse:
    problem = precondition_failed(request, error) or problem_of(error)
    if problem is None:
        return unexpected_response(request, error)
    return problem_response(problem)


def _operations(router: BoundRouter) -> Iterator[Operation]:
    for view in router.path_operations.values():
        yield from view.operations


def _qualified(operation: Operation) -> str:
    view = operation.view_func
    component = component_of_module(view.__module__)
    owner = view.__module__.partition(".")[0] if component is None else component.label
    return f"{owner}_{view.__name__}"


def _described(component: ComponentConfig) -> str:
    said = getdoc(component.module) or str(component.verbose_name)
    return said.partition("\n")[0]
