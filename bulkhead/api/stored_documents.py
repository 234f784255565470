"""Stored OpenAPI documents: printed, written where nobody's client breaks, and checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.timezone import localdate

from bulkhead.api.comparing.accepted import (
    NoReasonError,
    list_beside,
    read_accepted,
    with_accepted,
)
from bulkhead.api.comparing.reports import as_json, as_text
from bulkhead.api.comparing.reviews import Review, read_document, review
from bulkhead.api.exporting import document_text, find_api, write_whole
from bulkhead.errors import BulkheadError

_REPORTS: dict[str, Callable[..., str]] = {"text": as_text, "json": as_json}


class MissingDocumentError(BulkheadError):
    """A document was to be compared that nobody has written."""

    def __init__(self, file: Path) -> None:
        name = file.as_posix()
        super().__init__(
            f"{name} is not there. Correct the name, or write it: "
            f"python manage.py exportopenapi --output {name}"
        )
        self.file = file


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is to be printed, and whether all is well."""

    said: str
    is_well: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocuments:
    """Documents of one API, and the form in which a comparison is reported."""

    api: str | None = None
    """Its namespace or dotted path; None for the only one."""
    form: str = "text"

    def today(self) -> str:
        """Return the document of today."""
        return document_text(find_api(self.api))

    def check(self, file: Path, *, against: Path | None = None) -> Outcome:
        """Compare a file with today's document, and what `against` promised with it.

        What breaks and is not listed beside the file, or a file that is out of date, is not well.
        """
        found = self._review(file, file if against is None else against)
        return Outcome(said=self._report(found), is_well=found.is_clean)

    def write(self, file: Path, *, reason: str | None = None) -> Outcome:
        """Write today's document, unless that breaks clients of the one that the file holds.

        With a reason it is written all the same, and the reason into the list beside it.
        """
        if reason is not None and not reason.strip():
            raise NoReasonError
        if file.is_file():
            found = self._review(file, file)
            if found.unaccepted and reason is None:
                return Outcome(said=self._report(found), is_well=False)
            self._accept(file, found, reason or "")
        write_whole(file, self.today())
        return Outcome(said=f"Wrote {file.as_posix()}.")

    def _review(self, file: Path, older: Path) -> Review:
        name = older.as_posix()
        return review(
            file.as_posix(),
            _text_of(file),
            self.today(),
            accepted=read_accepted(list_beside(file)),
            against=read_document(name, _text_of(older)),
        )

    def _accept(self, file: Path, found: Review, reason: str) -> None:
        if not found.unaccepted:
            return
        beside = list_beside(file)
        changes = [finding.first for finding in found.unaccepted]
        known = read_accepted(beside)
        text = with_accepted(known, changes, document=file, reason=reason, on=localdate())
        write_whole(beside, text)

    def _report(self, found: Review) -> str:
        return _REPORTS[self.form](found, api=self.api)


def _text_of(file: Path) -> str:
    if not file.exists():
        raise MissingDocumentError(file)
    return file.read_bytes().decode("utf-8", errors="replace")
