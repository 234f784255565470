"""How the OpenAPI document describes problems, and which of them an operation may answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from ninja.operation import Operation
from pydantic_core import to_jsonable_python

from bulkhead.api.authentication import ANYONE, SAFE, asks_for_token
from bulkhead.api.declared import declared_of
from bulkhead.api.permissions import permission_of
from bulkhead.api.problems import (
    MEDIA_TYPE,
    InvalidInput,
    Problem,
    phrase,
    plain_problem,
    problem_type,
    toolkit_problem,
)
from bulkhead.api.unexpected import unexpected_problem

PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "Why a request was refused, as in RFC 9457. "
    "A refused rule adds its facts as members of their own.",
    "type": "object",
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "The kind of problem; about:blank says no more than the status.",
            "examples": ["urn:problem:bulkhead:InvalidInput"],
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {
            "type": "string",
            "format": "uri",
            "description": "The id under which the server's log has an unexpected error.",
        },
        "errors": {
            "type": "array",
            "description": "What is wrong with the input, each at its place.",
            "items": {
                "type": "object",
                "properties": {
                    "location": {
                        "type": "string",
                        "enum": ["body", "cookie", "file", "form", "header", "path", "query"],
                    },
                    "pointer": {"type": "string", "examples": ["#/lines/0/quantity"]},
                    "code": {"type": "string", "examples": ["missing"]},
                    "detail": {"type": "string"},
                },
                "required": ["location", "pointer", "code", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": True,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One of the document's shared responses."""

    name: str
    description: str
    example: Problem
    headers: Mapping[str, Any] = field(default_factory=dict)


_KINDS = (
    _Kind(
        name="MalformedRequest",
        description="The request can't be read.",
        example=toolkit_problem(
            400,
            "MalformedBody",
            title="Malformed body",
            detail="The body is no JSON: EOF while parsing an object at line 1 column 1.",
        ),
    ),
    _Kind(
        name="NotSignedIn",
        description="Nobody is signed in.",
        example=plain_problem(401, "Nobody is signed in. Sign in, or send valid credentials."),
    ),
    _Kind(
        name="NotAllowed",
        description="It is not allowed, or the CSRF token is missing.",
        example=plain_problem(403, "You are not allowed to do this."),
    ),
    _Kind(
        name="NotFound",
        description="There is no such thing.",
        example=plain_problem(404, "Nothing is at this address."),
    ),
    _Kind(
        name="Refused",
        description="A rule refuses it, or somebody else has changed it in the meantime.",
        example=Problem(
            status=409,
            type=problem_type("component", "NameOfTheRuleError"),
            title="Name of the rule",
            detail="Why the rule refuses.",
            facts={"fact": "What the rule tells beside it."},
        ),
    ),
    _Kind(
        name="PreconditionFailed",
        description="It has moved on since the client saw it, or the tag is of something else; "
        "`current` is where its present state is read.",
        example=replace(
            toolkit_problem(
                412,
                "StaleAggregateError",
                title="Stale aggregate",
                detail="Invoice 7 was changed or removed by somebody else in the meantime.",
            ),
            facts={"current": "/api/invoicing/invoices/7"},
        ),
    ),
    _Kind(
        name="TooLarge",
        description="The body is larger than the server accepts.",
        example=plain_problem(413, "The body is larger than the server accepts."),
    ),
    _Kind(
        name="NotJSON",
        description="The body is of a media type that is not read.",
        example=plain_problem(415, "The body is text/xml. Send application/json."),
    ),
    _Kind(
        name="InvalidInput",
        description="The input does not fit; `errors` points at each place.",
        example=Problem(
            status=422,
            type=problem_type("bulkhead", "InvalidInput"),
            title="Invalid input",
            detail="body #/lines/0/quantity: Field required",
            errors=(
                InvalidInput(
                    location="body",
                    pointer="#/lines/0/quantity",
                    code="missing",
                    detail="Field required",
                ),
            ),
        ),
    ),
    _Kind(
        name="PreconditionRequired",
        description="The request does not say which state of the thing its change is meant for.",
        example=toolkit_problem(
            428,
            "PreconditionRequired",
            title="Precondition required",
            detail="This changes Invoice, and the request does not say which state of it is meant. "
            "Send the ETag that it was shown with in the header If-Match.",
        ),
    ),
    _Kind(
        name="TooManyRequests",
        description="Too many requests; `Retry-After` says when to come back.",
        example=plain_problem(429, "Too many requests."),
        headers={
            "Retry-After": {
                "description": "After how many seconds the next request is let in.",
                "schema": {"type": "integer"},
            }
        },
    ),
    _Kind(
        name="Unexpected",
        description="Something went wrong on the server; `instance` is its id in the log.",
        example=unexpected_problem(UUID(int=0)),
    ),
)

_NAMES = {kind.example.status: kind.name for kind in _KINDS}
_BODIES = frozenset({"body", "form", "file"})


def problem_responses(schema: str) -> dict[str, Any]:
    """Return the document's shared responses; `schema` is the reference of a problem's schema."""
    return {kind.name: _documented(kind, schema) for kind in _KINDS}


def problems_of(operation: Operation, schema: str) -> dict[int, dict[str, Any]]:
    """Return the problems that an operation may answer, as the document has them."""
    return {
        status: {"$ref": f"#/components/responses/{_NAMES[status]}"}
        if status in _NAMES
        else _documented(
            _Kind(name="", description=title, example=plain_problem(status, "Why it was refused.")),
            schema,
        )
        for status, title in ((each, phrase(each)) for each in statuses_of(operation))
    }


def statuses_of(operation: Operation) -> list[int]:
    """Return the statuses of the problems that an operation may answer."""
    declared = declared_of(operation)
    named = {status for each in declared.filled for status in each.parameter.statuses}
    return sorted({*_of_input(operation), *_of_users(operation), *_of_the_rest(operation), *named})


def _of_input(operation: Operation) -> Iterator[int]:
    sources = {model.__ninja_param_source__ for model in operation.models}
    yield 422  # a NUL character in a header or a cookie
    if not sources.isdisjoint({"query", *_BODIES}):
        yield 400
    if not sources.isdisjoint({"path", "query", *_BODIES}):
        yield 404
    if not sources.isdisjoint(_BODIES):
        yield 413
    if "body" in sources and sources.isdisjoint({"form", "file"}):
        yield 415


def _of_users(operation: Operation) -> Iterator[int]:
    users = [auth for auth in operation.auth_callbacks if auth is not ANYONE]
    names, functions = permission_of(operation)
    if names or len(users) == len(operation.auth_callbacks) > 0:
        yield 401
    if users or names or functions:
        yield 403
    if "POST" in operation.methods and any(map(asks_for_token, users)):
        yield from (400, 413)  # Django looks for the token in the body, too


def _of_the_rest(operation: Operation) -> Iterator[int]:
    yield from declared_of(operation).problems
    if not SAFE.issuperset(operation.methods):
        yield 409
    if operation.throttle_objects:
        yield 429
    yield 500


def _documented(kind: _Kind, schema: str) -> dict[str, Any]:
    example = to_jsonable_python(kind.example.members())
    content = {MEDIA_TYPE: {"schema": {"$ref": schema}, "example": example}}
    told = {"description": kind.description, "content": content}
    return {**told, "headers": dict(kind.headers)} if kind.headers else told
