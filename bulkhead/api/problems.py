"""What a client is told when it is refused: problem details as in RFC 9457."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from http.client import responses
from typing import Literal, cast
from urllib.parse import quote

from django.http import HttpResponse
from pydantic_core import to_json

MEDIA_TYPE = "application/problem+json"

Location = Literal["body", "cookie", "file", "form", "header", "path", "query"]

RENAMED_STATUSES = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}
"""What RFC 9110 calls statuses whose names differ between versions of Python."""

_STANDARD = frozenset({"type", "title", "status", "detail", "instance", "errors"})


_NO_OBJECT = frozenset({"dataclass_type", "dict_type", "model_attributes_type", "model_type"})


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidInput:
    """One thing that is wrong with what the client sent."""

    location: Location
    pointer: str
    """A JSON pointer as a URI fragment, inside the location: `#/lines/0/quantity`."""
    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a request was refused."""

    status: int
    title: str
    detail: str
    type: str = "about:blank"
    """A URI that names the kind of problem; `about:blank` says no more than the status."""
    instance: str | None = None
    errors: tuple[InvalidInput, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    """Members of this kind of problem, plain data."""

    def members(self) -> dict[str, object]:
        """Return the document; a fact that bears a standard member's name ends in `_`."""
        document: dict[str, object] = {
            "type": self.type,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.instance is not None:
            document["instance"] = self.instance
        if self.errors:
            document["errors"] = [asdict(error) for error in self.errors]
        return document | {
            f"{name}_" if name in _STANDARD else name: fact for name, fact in self.facts.items()
        }


def phrase(status: int) -> str:
    """Return what RFC 9110 calls a status, the same on every Python."""
    return RENAMED_STATUSES.get(status) or responses.get(status, "Refused")


def plain_problem(status: int, detail: str) -> Problem:
    """Return a problem of which the HTTP status says all that a program needs."""
    return Problem(status=status, title=phrase(status), detail=detail)


def toolkit_problem(status: int, name: str, *, title: str, detail: str) -> Problem:
    """Return a problem of a kind that Bulkhead itself names."""
    return Problem(status=status, type=problem_type("bulkhead", name), title=title, detail=detail)


def problem_type(label: str, name: str) -> str:
    """Return the URI of a kind of problem that this component (or `bulkhead`) names."""
    return f"urn:problem:{label}:{name}"


def problem_response(problem: Problem) -> HttpResponse:
    """Return the response that tells a client of a problem."""
    content = to_json(problem.members(), inf_nan_mode="null")
    return HttpResponse(content, status=problem.status, content_type=MEDIA_TYPE)


def invalid_input(found: Mapping[str, object]) -> InvalidInput:
    """Return one finding of pydantic's, whose `loc` begins with the location."""
    if found["type"] == "unexpected_keyword_argument":  # so it is called in a dataclass alone
        found = {**found, "type": "extra_forbidden", "msg": "Extra inputs are not permitted"}
    if found["type"] in _NO_OBJECT:  # else it would speak of classes, ours among them
        found = {**found, "msg": "Input should be an object"}
    location, *path = cast("tuple[str | int, ...]", found["loc"])
    return InvalidInput(
        location=cast("Location", location),
        pointer="".join(["#", *(f"/{_escaped(str(step))}" for step in path)]),
        code=str(found["type"]),
        detail=str(found["msg"]).removeprefix("Value error, "),
    )


def _escaped(step: str) -> str:
    return quote(step.replace("~", "~0").replace("/", "~1"), safe="~")
