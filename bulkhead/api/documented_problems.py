"""How the OpenAPI document describes problems, and which of them an operation may answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ninja.operation import Operation

from bulkhead.api.problems import MEDIA_TYPE

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

_RESPONSES = {
    400: ("MalformedRequest", "The request can't be read."),
    401: ("NotSignedIn", "Nobody is signed in."),
    403: ("NotAllowed", "It is not allowed, or the CSRF token is missing."),
    404: ("NotFound", "There is no such thing."),
    409: ("Refused", "A rule refuses it, or somebody else has changed it in the meantime."),
    422: ("InvalidInput", "The input does not fit; `errors` points at each place."),
    429: ("TooManyRequests", "Too many requests; `Retry-After` says when to come back."),
    500: ("Unexpected", "Something went wrong on the server; `instance` is its id in the log."),
}

_BODIES = frozenset({"body", "form", "file"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def problem_responses(schema: str) -> dict[str, Any]:
    """Return the document's shared responses; `schema` is the reference of a problem's schema."""
    return {
        name: {"description": description, "content": {MEDIA_TYPE: {"schema": {"$ref": schema}}}}
        for name, description in _RESPONSES.values()
    }


def statuses_of(operation: Operation) -> Iterator[tuple[int, str]]:
    """Return the problems that an operation may answer: status, and name of the response."""
    changes = not _SAFE.issuperset(operation.methods)
    sources = {model.__ninja_param_source__ for model in operation.models}
    possible = {
        400: not sources.isdisjoint(_BODIES),
        401: bool(operation.auth_callbacks),
        403: bool(operation.auth_callbacks),
        404: not sources.isdisjoint({"path", *_BODIES}),
        409: changes,
        422: bool(sources),
        429: bool(operation.throttle_objects),
        500: True,
    }
    for status, (name, _) in _RESPONSES.items():
        if possible[status]:
            yield status, name
