"""What is said about a document that is stored, beside the one of today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

from bulkhead.api.comparing.accepted import Accepted
from bulkhead.api.comparing.changes import Change, by_subject
from bulkhead.api.comparing.comparison import breaking_changes
from bulkhead.errors import BulkheadError

_SHOWN = 20
"""So many lines of what differs are shown where nothing breaks."""


class NoDocumentError(BulkheadError):
    """A file holds no OpenAPI document."""

    def __init__(self, file: str, *, problem: str) -> None:
        super().__init__(
            f"{file} holds no OpenAPI document: {problem}. Name the file that "
            f"`exportopenapi --output` has written, or another one that is not there yet."
        )
        self.file = file


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One breaking change, seen by one operation or more."""

    changes: tuple[Change, ...]
    accepted: str | None
    """The reason, or None where nobody has accepted it."""

    @property
    def first(self) -> Change:
        """The change as the first of its operations sees it."""
        return self.changes[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What differs between what is stored and what is."""

    file: str
    """What has to be the document of today."""
    findings: tuple[Finding, ...]
    differs: tuple[str, ...]
    """The first lines that differ; none where the file is up to date."""

    @property
    def unaccepted(self) -> list[Finding]:
        """The breaking changes that nobody has accepted."""
        return [finding for finding in self.findings if finding.accepted is None]

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to do."""
        return not self.differs and not self.unaccepted


def review(
    file: str, stored: str, today: str, *, accepted: Accepted, against: Mapping[str, Any]
) -> Review:
    """Compare what a file holds with today's document, and what an older one promised."""
    groups = by_subject(breaking_changes(against, json.loads(today)))
    return Review(
        file=file,
        findings=tuple(
            Finding(changes=tuple(group), accepted=accepted.reason(group[0])) for group in groups
        ),
        differs=_differences(stored, today),
    )


def read_document(file: str, text: str) -> dict[str, Any]:
    """Return the document in a text, or raise NoDocumentError."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise NoDocumentError(file, problem=f"it is no JSON ({error})") from error
    if not isinstance(content, dict) or not str(content.get("openapi", "")).startswith("3."):
        raise NoDocumentError(file, problem='it has no "openapi": "3…"')
    return content


def _differences(stored: str, today: str) -> tuple[str, ...]:
    found = unified_diff(stored.splitlines(), today.splitlines(), "stored", "today", n=0)
    lines = [line for line in found if line[:2] not in {"--", "++", "@@"}]
    if not lines and stored != today:
        return ("The ends of lines differ.",)
    rest = len(lines) - _SHOWN
    return tuple(lines[:_SHOWN]) + ((f"… and {rest} more lines",) if rest > 0 else ())
