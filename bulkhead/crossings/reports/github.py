"""Annotations for the diff of a pull request on GitHub."""

from __future__ import annotations

from bulkhead.crossings.reports.findings import Finding, findings
from bulkhead.crossings.reports.report import Report
from bulkhead.crossings.wording import next_words, summary

_IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


def as_github(report: Report) -> str:
    """Return a workflow command for each thing to do, and the numbers."""
    lines = [_annotation(one) for one in findings(report.review)]
    said = [summary(report.review), *next_words(report.review), *report.notes]
    return "".join(f"{line}\n" for line in [*lines, *said])


def _annotation(one: Finding) -> str:
    file, title = _escaped(one.file, _IN_PROPERTIES), _escaped(one.rule, _IN_PROPERTIES)
    message = _escaped(one.message, _IN_MESSAGES)
    return f"::error file={file},line={one.line},title=Bulkhead {title}::{message}"


def _escaped(text: str, by: dict[str, str]) -> str:
    return "".join(by.get(one, one) for one in text)
