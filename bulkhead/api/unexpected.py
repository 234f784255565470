"""Errors that nobody foresaw: told to the log in full, and to the client by an id alone."""

from __future__ import annotations

import logging
from uuid import UUID, uuid4

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from bulkhead.api.problems import Problem, problem_response, problem_type

_log = logging.getLogger("django.request")


def unexpected_problem(number: UUID) -> Problem:
    """Return what a client is told of the error that the log has under this number."""
    return Problem(
        status=500,
        type=problem_type("bulkhead", "Unexpected"),
        title="Unexpected error",
        detail=f"Something went wrong on the server. The log has it as {number}.",
        instance=number.urn,
    )


def unexpected_response(request: HttpRequest, error: Exception) -> HttpResponse:
    """Log the error, tell whoever listens for such errors, and return a problem with the id."""
    number = uuid4()
    _log.error(
        "Internal Server Error: %s (problem %s)",
        request.path,
        number,
        exc_info=error,
        extra={"status_code": 500, "request": request},
    )
    got_request_exception.send(sender=None, request=request)
    response = problem_response(unexpected_problem(number))
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would log it again
    return response
