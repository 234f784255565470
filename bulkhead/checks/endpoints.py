"""Checks of what endpoints ask of those who call them: W064 to W068. None without ninja."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.core.checks import CheckMessage, Warning  # noqa: A004 - Django's name for it

from bulkhead.checks.subjects import check, placed
from bulkhead.components import component_of_module
from bulkhead.errors import listed

if TYPE_CHECKING:
    from bulkhead.api.mounted_endpoints import MountedEndpoint


@check
def check_endpoints(**_kwargs: object) -> list[CheckMessage]:
    """Read every endpoint of the APIs that the URLs mount."""
    if find_spec("ninja") is None or not getattr(settings, "ROOT_URLCONF", None):
        return []
    from bulkhead.api.project_apis import mounted_apis  # noqa: PLC0415 - needs ninja

    endpoints = [each for found in mounted_apis() for each in found.api.mounted_endpoints()]
    return [
        placed(message, endpoint.operation.view_func.__module__)
        for judge in (_open, _forgeable, _blind, _unknown, _unreachable)
        for endpoint in endpoints
        for message in judge(endpoint)
    ]


def _open(endpoint: MountedEndpoint) -> Iterator[CheckMessage]:
    if not endpoint.operation.auth_callbacks:
        yield Warning(
            f"{endpoint.name} asks nobody to sign in, and is not marked as public.",
            hint="Leave auth=None out, so that it asks for what its router or the API does, or "
            "mark it: auth=ANYONE (from bulkhead.api).",
            id="bulkhead.W064",
        )


def _forgeable(endpoint: MountedEndpoint) -> Iterator[CheckMessage]:
    from bulkhead.api.authentication import SAFE, asks_for_token, by_cookie  # noqa: PLC0415

    operation = endpoint.operation
    if SAFE.issuperset(operation.methods):
        return
    for auth in operation.auth_callbacks:
        if by_cookie(auth) and (operation.csrf_exempt or not asks_for_token(auth)):
            yield Warning(
                f"{endpoint.name} knows who calls by a cookie ({type(auth).__name__}) and asks for "
                f"no CSRF token: a foreign site could let a visitor's browser call it.",
                hint="Use SessionAuth() (from bulkhead.api), which asks for the token, and take "
                "csrf_exempt off the view; or let it be called with a token in a header.",
                id="bulkhead.W065",
            )


def _blind(endpoint: MountedEndpoint) -> Iterator[CheckMessage]:
    from bulkhead.api.authentication import SAFE  # noqa: PLC0415 - needs ninja
    from bulkhead.api.declared import declared_of  # noqa: PLC0415
    from bulkhead.api.if_match import IfMatchParameter  # noqa: PLC0415

    declared = declared_of(endpoint.operation)
    reads_it = any(isinstance(each.parameter, IfMatchParameter) for each in declared.filled)
    if SAFE.issuperset(endpoint.operation.methods) or reads_it or not declared.if_match:
        return
    versioned = _versioned(endpoint)
    if endpoint.parameters and versioned:
        yield Warning(
            f"{endpoint.name} changes what an address names, and does not ask which state of it "
            f"the change is meant for: of two people at once, one undoes what the other did.",
            hint=f"Let the view take `version: IfMatch[{versioned[0]}]` (from bulkhead.api) and "
            f"hand it to the service, or say that it needs none: if_match=False.",
            id="bulkhead.W066",
        )


def _versioned(endpoint: MountedEndpoint) -> list[str]:
    """Return the aggregates with a version of the component that the endpoint belongs to."""
    from bulkhead.api.tags import has_states  # noqa: PLC0415 - needs ninja
    from bulkhead.repositories import installed_repositories  # noqa: PLC0415 - imports rows

    owner = component_of_module(endpoint.operation.view_func.__module__)
    found = [each.aggregate_class for each in installed_repositories()]
    return sorted(
        cls.__name__
        for cls in found
        if owner is not None and component_of_module(cls.__module__) is owner and has_states(cls)
    )


def _unknown(endpoint: MountedEndpoint) -> Iterator[CheckMessage]:
    from bulkhead.api.permissions import permission_of  # noqa: PLC0415 - needs ninja

    names, _ = permission_of(endpoint.operation)
    known = set(_declared_permissions()) if names else set()
    for name in names:
        if name not in known:
            label = name.partition(".")[0]
            own = {each for each in known if each.startswith(f"{label}.")}
            yield Warning(
                f"{endpoint.name} asks for the permission {name}, which no installed model has: "
                f"only superusers pass.",
                hint=f"Add it to Meta.permissions of a row and make the migration, or name one of "
                f"these: {listed(own or known)}.",
                id="bulkhead.W067",
            )


def _declared_permissions() -> Iterator[str]:
    for model in apps.get_models():
        meta = model._meta
        defaults = [get_permission_codename(each, meta) for each in meta.default_permissions]
        for codename in (*defaults, *(codename for codename, _ in meta.permissions)):
            yield f"{meta.app_label}.{codename}"


def _unreachable(endpoint: MountedEndpoint) -> Iterator[CheckMessage]:
    from bulkhead.api.authentication import ANYONE  # noqa: PLC0415 - needs ninja
    from bulkhead.api.permissions import permission_of  # noqa: PLC0415

    names, _ = permission_of(endpoint.operation)
    if names and all(auth is ANYONE for auth in endpoint.operation.auth_callbacks):
        yield Warning(
            f"{endpoint.name} asks for {', '.join(names)}, and lets nobody sign in: who calls is "
            f"unknown, and has no permission.",
            hint="Give it auth=SessionAuth() (from bulkhead.api) or another way to sign in, or "
            "leave the permission out: permission=None.",
            id="bulkhead.W068",
        )
