"""The list of breaking changes that somebody has accepted, which stands beside the document.

A line is: day | kind | what | before -> after | reason.
What follows a `#` at the start of a line is a remark.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bulkhead.api.comparing.changes import Change
from bulkhead.errors import BulkheadError

_COLUMNS = 5
_HEADING = """\
# Breaking changes of {document} that were accepted, the newest last.
# day | kind | what | before -> after | reason
"""


class AcceptedListError(BulkheadError):
    """A line of the list of accepted changes can't be read."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__(
            f"{file.as_posix()}:{line}: This is no accepted change. "
            f"A line is: day | kind | what | before -> after | reason. "
            f"Correct it, or let `exportopenapi --accept-breaking` write it."
        )
        self.file = file
        self.line = line


class NoReasonError(BulkheadError):
    """A breaking change was to be accepted without a reason."""

    def __init__(self) -> None:
        super().__init__(
            "--accept-breaking came without a reason. Say why clients can live with the change, "
            'as --accept-breaking "no client reads it".'
        )


@dataclass(frozen=True, slots=True)
class Accepted:
    """What somebody has accepted, with the reasons."""

    lines: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()

    def reason(self, change: Change) -> str | None:
        """Return why a change was accepted, or None where it was not."""
        key = _key(change)
        return next((reason for known, reason in reversed(self.reasons) if known == key), None)


def list_beside(document: Path) -> Path:
    """Return where the accepted changes of a document stand: `openapi.accepted.txt`."""
    return document.with_name(f"{document.stem}.accepted.txt")


def read_accepted(file: Path) -> Accepted:
    """Return the list, empty where there is none, or raise AcceptedListError."""
    if not file.exists():
        return Accepted()
    lines = file.read_text(encoding="utf-8").splitlines()
    reasons = [
        _read(file, number, line)
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    ]
    return Accepted(tuple(lines), tuple(reasons))


def with_accepted(
    known: Accepted, changes: Iterable[Change], *, document: Path, reason: str, on: date
) -> str:
    """Return the text of the list with a line for each of these changes."""
    if not reason.strip():
        raise NoReasonError
    head = known.lines or tuple(_HEADING.format(document=document.name).splitlines())
    new = [f"{on.isoformat()} | {_key(change)} | {_cell(reason)}" for change in changes]
    return "\n".join([*head, *new, ""])


def _read(file: Path, number: int, line: str) -> tuple[str, str]:
    day, *cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != _COLUMNS - 1 or not all([day, *cells]):
        raise AcceptedListError(file, number)
    return " | ".join(cells[:-1]), cells[-1]


def _key(change: Change) -> str:
    values = f"{change.before or 'nothing'} -> {change.after or 'nothing'}"
    return " | ".join(map(_cell, (change.kind, change.subject, values)))


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
