"""How the OpenAPI document describes problems, and which of them an operation may answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ninja.operation import Operation
from pydantic_core import to_jsonable_python

from bulkhead.api.problems import (
    MEDIA_TYPE,
    InvalidInput,
    Problem,
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
        name="TooManyRequests",
        description="Too many requests; `Retry-After` says when to come back.",
        example=plain_problem(429, "Too many requests."),
    ),
    _Kind(
        name="Unexpected",
        description="Something went wrong on the server; `instance` is its id in the log.",
        example=unexpected_problem(UUID(int=0)),
    ),
)

_BODIES = frozenset({"body", "form", "file"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def problem_responses(schema: str) -> dict[str, Any]:
    """Return the document's shared responses; `schema` is the reference of a problem's schema."""
    return {kind.name: _documented(kind, schema) for kind in _KINDS}


def statuses_of(operation: Operation) -> Iterator[tuple[int, str]]:
    """Return the problems that an operation may answer: status, and name of the response."""
    sources = {model.__ninja_param_source__ for model in operation.models}
    possible = {
        400: not sources.isdisjoint(_BODIES),
        401: bool(operation.auth_callbacks),
        403: bool(operation.auth_callbacks),
        404: not sources.isdisjoint({"path", *_BODIES}),
        409: not _SAFE.issuperset(operation.methods),
        422: bool(sources),
        429: bool(operation.throttle_objects),
        500: True,
    }
    for kind in _KINDS:
        if possible[kind.example.status]:
            yield kind.example.status, kind.name


def _documented(kind: _Kind, schema: str) -> dict[str, Any]:
    example = to_jsonable_python(kind.example.members())
    content = {MEDIA_TYPE: {"schema": {"$ref": schema}, "example": example}}
    return {"description": kind.description, "content": content}
