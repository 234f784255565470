"""Who may call an endpoint: by permissions before its input is read, by rows after."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from functools import update_wrapper
from inspect import iscoroutinefunction
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja.constants import NOT_SET, NOT_SET_TYPE
from ninja.errors import AuthenticationError
from ninja.operation import Operation

from bulkhead.api.authentication import user_of
from bulkhead.api.declared import declared_of
from bulkhead.errors import BulkheadError, listed

RowPermission = Callable[..., Any]
Permission = str | RowPermission | tuple[str | RowPermission, ...] | None
MaybePermission = Permission | NOT_SET_TYPE
"""NOT_SET leaves it to what stands above: the router's, then the API's."""


class PermissionRequiredError(PermissionDenied):
    """Who calls lacks a permission."""

    def __init__(self, *permissions: str) -> None:
        noun = "permission" if len(permissions) == 1 else "permissions"
        super().__init__(
            f"This needs the {noun} {', '.join(permissions)}, which you lack. "
            f"Ask whoever manages the users for it."
        )
        self.permissions = permissions


class PermissionParameterError(BulkheadError, TypeError):
    """A function that judges rows asks for what its endpoint does not take, or for no request."""

    def __init__(
        self, function: RowPermission, *, unknown: str | None, view: str, takes: list[str]
    ) -> None:
        """Take the function, and which of its parameters is unknown; None where it has none."""
        super().__init__(
            f"The permission {_name(function)} takes no parameters, and {view} calls it with the "
            f"request. After that it may name what {view} takes: {listed(takes)}. "
            f"Write {_name(function)}(request, ...)."
            if unknown is None
            else f"The permission {_name(function)} asks for {unknown!r}, which {view} does not "
            f"take. It takes: {listed(takes)}. Name one of these, or give the endpoint another "
            f"permission."
        )
        self.unknown = unknown


def parted(permission: object) -> tuple[tuple[str, ...], tuple[RowPermission, ...]]:
    """Return the permissions that Django knows by name, and the functions that judge rows."""
    if permission is None or permission is NOT_SET:
        return (), ()
    given = permission if isinstance(permission, tuple) else (permission,)
    for each in given:
        if not isinstance(each, str) and not callable(each):
            msg = (
                f"{each!r} is no permission. Pass 'app.codename', a function that takes the "
                f"request and parameters of the view, or a tuple of these."
            )
            raise TypeError(msg)
    names = tuple(each for each in given if isinstance(each, str))
    return names, tuple(each for each in given if not isinstance(each, str))


def guard(operation: Operation, permission: MaybePermission) -> None:
    """Let an operation refuse who lacks the permission; all parts of a tuple are needed."""
    names, functions = parted(permission)
    vars(operation)["_bulkhead_permission"] = names, functions
    if names:
        _guard_by_name(operation, names)
    for function in functions:
        _guard_rows(operation, function, _asked_by(function, operation))


def permission_of(operation: Operation) -> tuple[tuple[str, ...], tuple[RowPermission, ...]]:
    """Return what a mounted operation asks for: permissions by name, and functions over rows."""
    found: tuple[tuple[str, ...], tuple[RowPermission, ...]]
    found = vars(operation).get("_bulkhead_permission", ((), ()))
    return found


def require_permissions(request: HttpRequest, names: tuple[str, ...]) -> None:
    """Raise PermissionRequiredError, or AuthenticationError where nobody has signed in."""
    user = user_of(request)
    lacking = [name for name in names if not user.has_perm(name)]
    if lacking and not user.is_authenticated:
        raise AuthenticationError
    if lacking:
        raise PermissionRequiredError(*lacking)


def _guard_by_name(operation: Operation, names: tuple[str, ...]) -> None:
    checks: Any = operation._run_checks

    def checked(request: HttpRequest) -> HttpResponse | None:
        error: HttpResponse | None = checks(request)
        if error is None:
            require_permissions(request, names)
        return error

    async def checked_async(request: HttpRequest) -> HttpResponse | None:
        error: HttpResponse | None = await checks(request)
        if error is None:
            await sync_to_async(require_permissions)(request, names)
        return error

    vars(operation)["_run_checks"] = checked_async if operation.is_async else checked


def _guard_rows(operation: Operation, function: RowPermission, asked: list[str]) -> None:
    view: Any = operation.view_func

    def call(request: HttpRequest, **values: Any) -> Any:
        allowed = function(request, **_named(asked, values))
        _judged(async_to_sync(_awaited)(allowed) if inspect.isawaitable(allowed) else allowed)
        return view(request, **values)

    async def call_async(request: HttpRequest, **values: Any) -> Any:
        allowed = await _judge(function)(request, **_named(asked, values))
        _judged(await allowed if inspect.isawaitable(allowed) else allowed)
        answer = view(request, **values)
        return await answer if inspect.isawaitable(answer) else answer

    operation.view_func = update_wrapper(call_async if operation.is_async else call, view)
    if operation.is_async and operation.stream_format is not None:
        _await_before_streaming(operation)


def _judge(function: RowPermission) -> RowPermission:
    """Return what judges beside the event loop; a class may have an async `__call__`."""
    is_async = iscoroutinefunction(function) or iscoroutinefunction(type(function).__call__)
    return function if is_async else sync_to_async(function)


async def _awaited(allowed: Awaitable[object]) -> object:
    """Return the judgement: what is still to come would count as a yes."""
    return await allowed


def _await_before_streaming(operation: Operation) -> None:
    """Let an async stream begin once its permission was given."""
    stream: Any = operation._async_stream_response  # type: ignore[attr-defined]

    async def streamed(request: HttpRequest, items: Any, answer: HttpResponse) -> HttpResponseBase:
        if inspect.isawaitable(items):
            items = await items
        response: HttpResponseBase = await stream(request, items, answer)
        return response

    vars(operation)["_async_stream_response"] = streamed


def _asked_by(function: RowPermission, operation: Operation) -> list[str]:
    _request, *asked = inspect.signature(function).parameters or (None,)
    takes = [each.name for each in operation.signature.params]
    takes += [each.name for each in declared_of(operation).filled]
    unknown = [name for name in asked if name not in takes]
    if unknown or _request is None:
        view = operation.view_func.__name__
        first = unknown[0] if unknown else None
        raise PermissionParameterError(function, unknown=first, view=view, takes=takes)
    return asked


def _name(function: RowPermission) -> str:
    return getattr(function, "__qualname__", type(function).__qualname__)


def _named(names: list[str], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in names}


def _judged(allowed: object) -> None:
    if not allowed:
        raise PermissionDenied
