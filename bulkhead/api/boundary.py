"""The edge of the API: nothing but an answer or a problem leaves it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from bulkhead.api.problems import plain_problem, problem_response

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
                return _told(request, await view(request, *args, **kwargs))
            except Exception as error:  # noqa: BLE001 - whatever it is
                return answer(request, error)

        return csrf_exempt(bounded_async)

    @wraps(view)
    def bounded_sync(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return _told(request, view(request, *args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whatever it is
            return answer(request, error)

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


def _told(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if not isinstance(response, HttpResponseNotAllowed):
        return response
    methods = ", ".join(sorted(response["Allow"].split(", ")))
    told = problem_response(plain_problem(405, f"{request.path} answers {methods}."))
    told["Allow"] = methods
    return told
