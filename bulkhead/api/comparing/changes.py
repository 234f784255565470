"""One record for everything that a client can no longer rely on, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_SENTENCES: Mapping[str, tuple[str, str]] = {
    "path-removed": (
        "The path is gone.",
        "Answer it beside the new one until no client asks for it.",
    ),
    "method-removed": (
        "The path no longer answers this method.",
        "Answer it beside the new one until no client asks for it.",
    ),
    "path-parameter-renamed": (
        "A part of the path bears another name, which generated clients use.",
        "Keep the name.",
    ),
    "operation-id-changed": (
        "Generated clients call the operation by its id, and it has another one.",
        'Keep the id: operation_id="{before}" at the endpoint.',
    ),
    "parameter-removed": (
        "A parameter is no longer taken.",
        "Go on taking it.",
    ),
    "parameter-required": (
        "A request without this parameter is refused now.",
        "Make it optional, with what was meant without it.",
    ),
    "parameter-written-otherwise": (
        "A parameter is written in another way.",
        "Go on reading it as it was.",
    ),
    "body-removed": (
        "A body is no longer taken.",
        "Go on taking it.",
    ),
    "body-required": (
        "A request without a body is refused now.",
        "Make it optional.",
    ),
    "request-media-type-removed": (
        "A body of this media type is no longer read.",
        "Go on reading it.",
    ),
    "response-media-type-removed": (
        "The answer no longer comes in this media type.",
        "Go on answering it to those who ask for it.",
    ),
    "status-removed": (
        "Success is no longer told by this status.",
        "Keep the status.",
    ),
    "status-added": (
        "Success is told by a status that clients do not know.",
        "Keep to the statuses that there were, or offer a new operation.",
    ),
    "header-removed": (
        "An answer no longer bears this header.",
        "Go on sending it.",
    ),
    "header-optional": (
        "An answer may come without this header.",
        "Send it with every answer.",
    ),
    "security-added": (
        "This way to authenticate no longer suffices.",
        "Go on accepting it.",
    ),
    "request-field-removed": (
        "A field is no longer taken.",
        "Go on taking it.",
    ),
    "request-field-required": (
        "Input without this field is refused now.",
        "Give the field a default.",
    ),
    "request-fields-closed": (
        "Fields that are not declared are refused now.",
        'Let the schema ignore them: model_config = {{"extra": "ignore"}}.',
    ),
    "request-default-changed": (
        "What is left out means something else now.",
        "Keep the default, and let clients ask for the new meaning.",
    ),
    "request-null-refused": (
        "null is refused now.",
        "Go on taking null.",
    ),
    "request-value-removed": (
        "A value is refused now.",
        "Go on taking it.",
    ),
    "request-type-narrowed": (
        "Input of the type that there was is refused now.",
        "Go on taking it beside the new one.",
    ),
    "request-limit-tightened": (
        "Input that was allowed is refused now.",
        "Keep the limit, or let the domain refuse it.",
    ),
    "response-field-removed": (
        "A field is gone from the answer.",
        "Keep it, marked as deprecated, until no client reads it.",
    ),
    "response-field-optional": (
        "A field may be missing from the answer.",
        "Send it always.",
    ),
    "response-null-added": (
        "A field may be null.",
        "Keep it filled, or put what may be missing into a field of its own.",
    ),
    "response-value-added": (
        "The answer has a value that clients do not know.",
        "Tell clients before it is sent, or put it into a field of its own.",
    ),
    "response-type-widened": (
        "The answer may be of a type that clients do not know.",
        "Keep the type, and put the new one into a field of its own.",
    ),
    "response-limit-loosened": (
        "The answer may be what was ruled out.",
        "Keep the limit.",
    ),
    "request-not-judged": (
        "The schema says in another way what is taken, and nobody can tell whether it is less.",
        "Compare the two by hand.",
    ),
    "response-not-judged": (
        "The schema says in another way what is answered, and nobody can tell whether it is more.",
        "Compare the two by hand.",
    ),
}

KINDS = tuple(_SENTENCES)
"""What a change can be."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Change:
    """Something that a client of the older document can no longer rely on."""

    path: str
    method: str
    """In capitals, as `GET`; empty where the whole path is meant."""
    where: str
    """The part of the operation, as `response 200: items[].total`; empty for all of it."""
    kind: str
    before: str
    after: str
    schema: str = ""
    """The place inside the innermost schema with a name, as `InvoiceOut.total`."""

    @property
    def operation(self) -> str:
        """The method and the path."""
        return f"{self.method} {self.path}".strip()

    @property
    def subject(self) -> str:
        """What has changed: a place in a schema, which many operations may share, or in one."""
        return self.schema or f"{self.operation} {self.where}".strip()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is recognised by when somebody has accepted it."""
        return self.kind, self.subject, self.before, self.after

    @property
    def sentence(self) -> str:
        """What it means for a client."""
        return _SENTENCES[self.kind][0]

    @property
    def way_out(self) -> str:
        """What to do instead."""
        return _SENTENCES[self.kind][1].format(before=self.before)


def by_subject(changes: Iterable[Change]) -> list[list[Change]]:
    """Return the changes in groups that are one change of a schema, seen by many operations."""
    groups: dict[tuple[str, str, str, str], list[Change]] = {}
    for change in sorted(changes):
        groups.setdefault(change.key, []).append(change)
    return list(groups.values())


def as_plain_data(group: list[Change]) -> dict[str, Any]:
    """Return a group as the JSON of a report has it."""
    first = group[0]
    return {
        "kind": first.kind,
        "method": first.method,
        "path": first.path,
        "where": first.where,
        "schema": first.schema,
        "before": first.before,
        "after": first.after,
        "sentence": first.sentence,
        "way_out": first.way_out,
        "operations": [change.operation for change in group],
    }
