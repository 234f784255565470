"""A report for people: a line for each file that is written, then what has to be done."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.crossings.accepting import Change
from bulkhead.crossings.reports.report import Report, printable
from bulkhead.crossings.wording import words_of

_MOST = 50
"""How many new statements are printed unless all are asked for: more would be a wall."""


def as_text(report: Report) -> str:
    """Return the report, a line or several for each thing."""
    return "".join(f"{printable(line)}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield from map(_words_of_change, report.written)
    if report.list_unresolved:
        for one in report.review.unresolved:
            yield f"{one.file}:{one.line}: {one.kind} can't be told: {one.text}: {one.reason}"
    yield from words_of(report.review, most=None if report.list_all else _MOST)
    if report.review.unresolved and not report.list_unresolved:
        count = len(report.review.unresolved)
        yield f"{count} can't be told: bulkhead checkcomponents --unresolved"
    yield from report.notes


def _words_of_change(change: Change) -> str:
    what = "written" if change.entries else "removed"
    return (
        f"{change.file.as_posix()} is {what}: {change.added} more than before, "
        f"{change.dropped} less."
    )
