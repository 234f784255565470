"""The edge of the API: nothing but an answer or a problem leaves it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

from django.db import connections
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import ValidationError
from ninja.operation import Operation, PathView

from bulkhead.api.problems import plain_problem, problem_response
from bulkhead.api.requests import nul_at

Answer = Callable[[HttpRequest, Exception], HttpResponse]
View = Callable[..., Any]


def bounded(view: View, answer: Answer) -> View:
    """Return the view, with `answer` for what it raises and a problem for a wrong method.

    Django's CSRF check, which answers in HTML, passes over it: whoever authenticates by a cookie
    checks the token.
    """
    if iscoroutinefunction(view):

        @wraps(view)
        async def bounded_async(
            request: HttpRequest, *args: object, **kwargs: object
        ) -> HttpResponseBase:
            try:
                _require_text(request)
                return _told(request, await view(request, *args, **kwargs))
            except Exception as error:  # noqa: BLE001 - whatever it is
                return _told(request, answer(request, error))

        return csrf_exempt(bounded_async)

    @wraps(view)
    def bounded_sync(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            _require_text(request)
            return _told(request, view(request, *args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whatever it is
            return _told(request, answer(request, error))

    return csrf_exempt(bounded_sync)


def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer for every address under the API's path that no endpoint has."""
    raise Http404(request.path)


def undo_atomic_requests() -> None:
    """Mark the transactions that ATOMIC_REQUESTS opened to be rolled back.

    Django rolls back where a view raises; here the error becomes an answer.
    """
    for connection in connections.all(initialized_only=True):
        if connection.settings_dict["ATOMIC_REQUESTS"] and connection.in_atomic_block:
            connection.set_rollback(True)


def answer_head(view: PathView) -> None:
    """Let a path answer HEAD as GET, unless it has an endpoint for HEAD."""
    find = view._find_operation

    def found(request: HttpRequest) -> Operation | None:
        operation = find(request)
        if operation is None and request.method == "HEAD":
            return next((each for each in view.operations if "GET" in each.methods), None)
        return operation

    vars(view)["_find_operation"] = found


def _require_text(request: HttpRequest) -> None:
    """Raise for a NUL character, which PostgreSQL takes in no text, the key of a session included.

    Quoted cookies may have one, written in octal.
    """
    if "\0" in request.path_info:
        raise Http404(request.path)
    for location, values in (("header", request.headers), ("cookie", request.COOKIES)):
        for name, value in values.items():
            if "\0" in value:
                raise ValidationError([nul_at(location, name)])


def _told(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponseNotAllowed):
        response = _not_allowed(request, response)
    return _without_content(response) if request.method == "HEAD" else response


def _not_allowed(request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponse:
    allowed = set(response["Allow"].split(", "))
    methods = ", ".join(sorted(allowed | {"HEAD"} if "GET" in allowed else allowed))
    told = problem_response(plain_problem(405, f"{request.path} answers {methods}."))
    told["Allow"] = methods
    return told


def _without_content(response: HttpResponseBase) -> HttpResponseBase:
    """Return the response as HEAD gets it, with the length that its content has."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = _nothing() if response.is_async else ()
    elif isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response


async def _nothing() -> AsyncIterator[bytes]:
    parts: tuple[bytes, ...] = ()
    for part in parts:
        yield part
