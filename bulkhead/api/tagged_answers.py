"""Answers with an aggregate bear its tag, and are not sent to those who have them already."""

from __future__ import annotations

import inspect
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Status
from ninja.constants import NOT_SET
from ninja.operation import Operation

from bulkhead.api.parameters import read_signature
from bulkhead.api.tags import has_states, is_among, state_of
from bulkhead.hints import members

_READING = frozenset({"GET", "HEAD"})
_OK = range(200, 300)


def tag_answers(operation: Operation) -> None:
    """Let the answers of an operation bear `ETag`, and let it heed `If-None-Match`.

    What is read has a digest too: it may show what is no part of the aggregate.
    """
    convert = operation._result_to_response

    def respond(request: HttpRequest, result: object, answer: HttpResponse) -> HttpResponseBase:
        response = convert(request, result, answer)
        state = state_of(result.value if isinstance(result, Status) else result)
        if state is None or response is not answer or answer.status_code not in _OK:
            return response
        reading = request.method in _READING
        answer["ETag"] = state.tag(answer.content if reading else None)
        asked = request.headers.get("If-None-Match")
        return (
            _unchanged(answer) if reading and asked and is_among(answer["ETag"], asked) else answer
        )

    operation._result_to_response = respond  # type: ignore[method-assign, assignment]


def aggregate_answered(operation: Operation) -> type | None:
    """Return the aggregate with a version that an operation is declared to answer."""
    declared = [read_signature(inspect.unwrap(operation.view_func)).return_annotation]
    declared += [
        model.model_fields["response"].annotation
        for model in operation.response_models.values()
        if model not in {None, NOT_SET}
    ]
    return next((cls for each in declared for cls in _classes(each) if has_states(cls)), None)


def describe_tags(operation: Operation, details: dict[str, Any]) -> None:
    """Add to the document's details what comes of tags."""
    if aggregate_answered(operation) is None:
        return
    for status, response in details["responses"].items():
        if status in _OK and "$ref" not in response:
            response.setdefault("headers", {})["ETag"] = _HEADER
    if _READING.isdisjoint(operation.methods):
        return
    details["parameters"] = [*details.get("parameters", ()), _IF_NONE_MATCH]
    unchanged = {"description": "It is what the tag stands for.", "headers": {"ETag": _HEADER}}
    told = {304: unchanged} | details["responses"]
    details["responses"] = dict(sorted(told.items(), key=lambda item: str(item[0])))


def _classes(annotation: Any) -> list[type]:
    """Return the classes that an answer may be, also inside `Status`."""
    found = []
    for member in members(annotation):
        inside = get_args(member) if getattr(member, "__origin__", None) is Status else (member,)
        found += [cls for cls in inside if isinstance(cls, type)]
    return found


def _unchanged(answer: HttpResponse) -> HttpResponse:
    answer.status_code = 304
    answer.content = b""
    del answer["Content-Type"]
    return answer


_HEADER = {
    "description": "The state of what is shown, for `If-Match` and `If-None-Match`.",
    "schema": {"type": "string"},
}
_IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "An `ETag` of an earlier answer: 304 comes where it would be the same.",
    "schema": {"type": "string"},
}
