"""Checks of what endpoints take, and where they are mounted: E060 to E063. None without ninja."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.urls import URLResolver, get_resolver

from bulkhead.checks.subjects import check
from bulkhead.components import ComponentConfig, installed_components

if TYPE_CHECKING:
    from bulkhead.api.apis import ComponentAPI
    from bulkhead.api.routers import Endpoint


@check
def check_api(**_kwargs: object) -> list[CheckMessage]:
    """Read every component's router, and how the URLs mount the API."""
    if find_spec("ninja") is None:
        return []
    found = [message for component in installed_components() for message in _component(component)]
    return [*found, *_mounted()]


def _component(component: ComponentConfig) -> Iterator[CheckMessage]:
    from bulkhead.api.routers import MissingRouterError, endpoints_of  # noqa: PLC0415 - needs ninja

    try:
        endpoints = endpoints_of(component)
    except MissingRouterError as error:
        yield Error(error.found, hint=error.way_out, obj=component.label, id="bulkhead.E061")
        return
    for endpoint in endpoints:
        yield from _inputs(endpoint, component)


def _inputs(endpoint: Endpoint, component: ComponentConfig) -> Iterator[CheckMessage]:
    from bulkhead.api.inputs import entities_in, field_names  # noqa: PLC0415 - needs ninja

    for parameter in endpoint.operation.signature.params:
        for entity in entities_in(parameter.annotation):
            yield Error(
                f"{endpoint.name} takes {parameter.name}, with {entity.__module__}."
                f"{entity.__qualname__} in it: a client could set any of its fields "
                f"({', '.join(field_names(entity))}).",
                hint=f"Write a Schema (from bulkhead.api) in {component.name}.api.schemas with the "
                f"fields that a client may send, and pass these to the service.",
                obj=endpoint.operation.view_func.__module__,
                id="bulkhead.E060",
            )


def _mounted() -> Iterator[CheckMessage]:
    if not getattr(settings, "ROOT_URLCONF", None):
        return
    patterns = get_resolver().url_patterns
    for place, pattern in enumerate(patterns):
        api = _api_of(pattern)
        if api is not None:
            route = str(pattern.pattern)
            yield from _docs_page(api, route)
            for later in patterns[place + 1 :]:
                yield from _hidden(route, str(later.pattern))


def _api_of(pattern: object) -> ComponentAPI | None:
    from bulkhead.api.apis import ApiPatterns  # noqa: PLC0415 - needs ninja

    patterns = pattern.urlconf_module if isinstance(pattern, URLResolver) else None
    return patterns.api if isinstance(patterns, ApiPatterns) else None


def _docs_page(api: ComponentAPI, route: str) -> Iterator[CheckMessage]:
    from bulkhead.api.pages import DocsPage  # noqa: PLC0415 - needs ninja

    if isinstance(api.docs, DocsPage) and api.docs_url and not apps.is_installed("ninja"):
        yield Error(
            f"The page /{route}{api.docs_url.lstrip('/')} shows the document with Swagger UI, "
            f"whose files come with ninja, which is not in INSTALLED_APPS.",
            hint='Add "ninja" to INSTALLED_APPS, or leave the page out: '
            "component_api(docs_url=None).",
            obj=settings.ROOT_URLCONF,
            id="bulkhead.E062",
        )


def _hidden(route: str, later: str) -> Iterator[CheckMessage]:
    if later.startswith(route):
        yield Error(
            f"/{later} stands after the API at /{route} in {settings.ROOT_URLCONF}, and is never "
            f"reached: the API answers 404 for every address below its own that it does not know.",
            hint=f"Move it before the line of /{route}, or mount the API elsewhere.",
            obj=settings.ROOT_URLCONF,
            id="bulkhead.E063",
        )
