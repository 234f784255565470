"""What `bulkhead survey` shows of a survey, and the options by which one asks for it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from bulkhead.adoption.advice import next_steps
from bulkhead.adoption.findings import Findings
from bulkhead.adoption.html.page import page
from bulkhead.adoption.survey import Survey, as_json, without_tests
from bulkhead.adoption.text import write_lines, write_survey, write_unresolved
from bulkhead.crossings.kinds import KINDS
from bulkhead.errors import BulkheadError, listed


class NoSuchComponentError(BulkheadError, LookupError):
    """The survey has no component of this label."""

    def __init__(self, label: str, *, surveyed: Sequence[str]) -> None:
        super().__init__(
            f"No component of this survey is labelled {label!r}. "
            f"Components: {listed(surveyed)}. Check the spelling."
        )


class ReportNotWrittenError(BulkheadError, OSError):
    """The page could not be written where it was asked for."""

    def __init__(self, file: Path, *, problem: str) -> None:
        super().__init__(
            f"The report could not be written to {file}: {problem}. "
            f"Name a file in a folder that exists and that you may write to."
        )


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options that say what is shown."""
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text for people, or JSON"
    )
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write one page with the matrix to this file"
    )
    parser.add_argument(
        "--kind",
        action="append",
        choices=tuple(KINDS),
        metavar="KIND",
        help=f"count this kind of crossing alone (repeatable): {', '.join(KINDS)}",
    )
    parser.add_argument(
        "--component",
        action="append",
        metavar="LABEL",
        help="show the lines that tie this component; named twice, the lines between the two",
    )
    parser.add_argument("--no-tests", action="store_true", help="leave out what stands in tests")
    parser.add_argument(
        "--unresolved", action="store_true", help="list each place that could not be told"
    )
    parser.add_argument(
        "--all", action="store_true", help="show every row, not those that matter most"
    )


def report(survey: Survey, options: Namespace, out: TextIO) -> None:
    """Write what was asked for; with a page alone, say where it is.

    Raises NoSuchComponentError and ReportNotWrittenError.
    """
    labels: list[str] = options.component or []
    for label in labels:
        if label not in survey.labels:
            raise NoSuchComponentError(label, surveyed=survey.labels)
    asked = narrowed(survey, kinds=options.kind or (), tests=not options.no_tests)
    if options.html is not None:
        _write_page(asked, options.html)
    if options.format == "json":
        steps = next_steps(Findings(asked))
        out.write(as_json(among(asked, labels), steps) + "\n")
    elif options.html is not None:
        out.write(f"Wrote {options.html}. Open it in a browser; it needs nothing beside it.\n")
    else:
        _write_text(Findings(asked), labels, options, out)


def narrowed(survey: Survey, *, kinds: Sequence[str] = (), tests: bool = True) -> Survey:
    """Return the survey with these kinds alone, all of them where none is named."""
    asked = survey if tests else without_tests(survey)
    if not kinds:
        return asked
    return replace(
        asked,
        crossings=tuple(one for one in asked.crossings if one.kind in kinds),
        unresolved=tuple(one for one in asked.unresolved if one.kind in kinds),
    )


def among(survey: Survey, labels: Sequence[str]) -> Survey:
    """Return the survey with the crossings of one component, or with those between several."""
    asked = set(labels)
    if not asked:
        return survey
    wanted = min(len(asked), 2)
    return replace(
        survey,
        crossings=tuple(
            one
            for one in survey.crossings
            if len(asked & {one.origin.component, one.target.component}) >= wanted
        ),
    )


def _write_page(survey: Survey, file: Path) -> None:
    try:
        file.write_bytes(page(Findings(survey)).encode("utf-8", "replace"))
    except OSError as error:
        raise ReportNotWrittenError(file, problem=error.strerror or str(error)) from error


def _write_text(findings: Findings, labels: Sequence[str], options: Namespace, out: TextIO) -> None:
    if options.unresolved:
        write_unresolved(findings, out)
    elif labels:
        write_lines(findings, labels, out, everything=options.all)
    else:
        write_survey(findings, out, everything=options.all)
