"""Which error is which problem: the one place that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatch

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import AuthenticationError, HttpError, ValidationError

from bulkhead.api.authentication import CsrfFailedError
from bulkhead.api.facts import facts_of
from bulkhead.api.if_match import PreconditionRequiredError
from bulkhead.api.permissions import PermissionRequiredError
from bulkhead.api.problems import (
    InvalidInput,
    Problem,
    invalid_input,
    plain_problem,
    problem_type,
    toolkit_problem,
)
from bulkhead.api.requests import (
    InfiniteNumberError,
    MalformedBodyError,
    NulError,
    RepeatedNameError,
    UnreadMediaTypeError,
    nul_at,
)
from bulkhead.components import component_of_module
from bulkhead.domain_classes import owner_of_domain_class
from bulkhead.errors import StaleAggregateError
from bulkhead.repositories.errors import AggregateNotFoundError, BadCursorError

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@singledispatch
def problem_of(error: Exception) -> Problem | None:
    """Return what a client is told of an error, or None where it is a bug of ours.

    A domain error (an exception class defined in a component's `domain`) is a rule that refuses.
    """
    rule = next((cls for cls in type(error).__mro__ if owner_of_domain_class(cls)), None)
    return None if rule is None else _named_after(error, rule, status=409)


@problem_of.register
def _not_found(error: AggregateNotFoundError) -> Problem:
    return _named_after(error, type(error), status=404)


@problem_of.register
def _stale(error: StaleAggregateError) -> Problem:
    return Problem(
        status=409,
        type=problem_type("bulkhead", "StaleAggregateError"),
        title="Stale aggregate",
        detail=f"{error.aggregate} {error.key} was changed or removed by somebody else in the "
        f"meantime. Load it again, and repeat the change on what is there now.",
        facts={name: fact for name, fact in facts_of(error).items() if name != "asked_for"},
    )


@problem_of.register
def _unstated(error: PreconditionRequiredError) -> Problem:
    return toolkit_problem(
        428, "PreconditionRequired", title="Precondition required", detail=str(error)
    )


@problem_of.register
def _bad_cursor(error: BadCursorError) -> Problem:
    return toolkit_problem(400, "BadCursorError", title="Bad cursor", detail=str(error))


@problem_of.register
def _invalid(error: ValidationError) -> Problem:
    found = map(invalid_input, error.errors)
    errors = tuple(dict.fromkeys(found))  # branches of a union may say the same
    return Problem(
        status=422,
        type=problem_type("bulkhead", "InvalidInput"),
        title="Invalid input",
        detail=_listed(errors),
        errors=errors,
    )


def _listed(errors: Iterable[InvalidInput]) -> str:
    return "; ".join(f"{error.location} {error.pointer}: {error.detail}" for error in errors)


@problem_of.register
def _http(error: HttpError) -> Problem:
    unread = _unread(error.__cause__)  # ninja makes a 400 of it
    return plain_problem(error.status_code, str(error)) if unread is None else unread


@singledispatch
def _unread(_error: object) -> Problem | None:
    return None


@_unread.register
def _malformed(error: MalformedBodyError) -> Problem:
    detail = f"The body is no JSON: {error}."
    return toolkit_problem(400, "MalformedBody", title="Malformed body", detail=detail)


@_unread.register
def _repeated(error: RepeatedNameError) -> Problem:
    found = {"type": "repeated_name", "loc": ("body", *error.path), "msg": str(error)}
    errors = (invalid_input(found),)
    return Problem(
        status=400,
        type=problem_type("bulkhead", "RepeatedName"),
        title="Repeated name",
        detail=_listed(errors),
        errors=errors,
    )


@_unread.register
def _unread_media_type(error: UnreadMediaTypeError) -> Problem:
    return plain_problem(415, str(error))


@_unread.register
def _nul(error: NulError) -> Problem:
    return _invalid(ValidationError([nul_at("body", *error.path)]))


@_unread.register
def _infinite(error: InfiniteNumberError) -> Problem:
    found = {"type": "finite_number", "loc": ("body", *error.path), "msg": str(error)}
    return _invalid(ValidationError([found]))


@problem_of.register
def _not_authenticated(_error: AuthenticationError) -> Problem:
    return plain_problem(401, "Nobody is signed in. Sign in, or send valid credentials.")


@problem_of.register
def _csrf(error: CsrfFailedError) -> Problem:
    return toolkit_problem(403, "CsrfFailedError", title="CSRF check failed", detail=str(error))


@problem_of.register
def _nowhere(_error: Http404) -> Problem:
    return plain_problem(404, "Nothing is at this address.")


@problem_of.register
def _denied(error: PermissionDenied) -> Problem:
    return plain_problem(403, str(error) or "You are not allowed to do this.")


@problem_of.register
def _not_permitted(error: PermissionRequiredError) -> Problem:
    return Problem(
        status=403,
        type=problem_type("bulkhead", "PermissionRequired"),
        title="Permission required",
        detail=str(error),
        facts=facts_of(error),
    )


@problem_of.register(UnreadablePostError)
@problem_of.register(BadRequest)
@problem_of.register(MultiPartParserError)
@problem_of.register(SuspiciousOperation)
def _bad(_error: Exception) -> Problem:
    return plain_problem(400, "The request can't be read.")


@problem_of.register
def _too_big(_error: RequestDataTooBig) -> Problem:
    return plain_problem(413, "The body is larger than the server accepts.")


def _named_after(error: Exception, cls: type, *, status: int) -> Problem:
    component = component_of_module(cls.__module__)
    title = _title(cls.__name__)
    return Problem(
        status=status,
        type=problem_type("bulkhead" if component is None else component.label, cls.__name__),
        title=title,
        detail=str(error) or f"{title}.",
        facts=facts_of(error),
    )


def _title(name: str) -> str:
    words = _WORD.split(name.removesuffix("Error"))
    first, *rest = (word if word.isupper() and len(word) > 1 else word.lower() for word in words)
    return " ".join([first[:1].upper() + first[1:], *rest])
