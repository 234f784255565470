"""`checkcomponents`, as `bulkhead` and `manage.py` run it: the same answer, the same bytes."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from bulkhead.crossings.accepting import Acceptance
from bulkhead.crossings.checking import (
    Amend,
    Asked,
    CheckedProject,
    accepting,
    check,
    shrinking,
)
from bulkhead.crossings.declarations import unknown_names_of
from bulkhead.crossings.probe.surveyed import SurveyedProject
from bulkhead.crossings.reports.github import as_github
from bulkhead.crossings.reports.json_report import as_json
from bulkhead.crossings.reports.report import Report
from bulkhead.crossings.reports.sarif import as_sarif
from bulkhead.crossings.reports.text import as_text
from bulkhead.crossings.requirements import UnsoundProjectError, wrongly_excluded
from bulkhead.crossings.starting import ProjectDoesNotStartError
from bulkhead.errors import BulkheadError

CLEAN, CROSSINGS, COULD_NOT_RUN = 0, 1, 2

_FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
_NO = {"", "0", "false", "no"}


class WrongArgumentsError(BulkheadError):
    """What was asked for can't be meant."""


class ContinuousIntegrationWritesNothingError(BulkheadError):
    """A ledger that CI writes grows in silence."""

    def __init__(self) -> None:
        super().__init__(
            "The environment variable CI is set, and CI never writes the ledger: it would grow in "
            "silence. Run this where you work, and commit what it writes."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is printed, and the exit status."""

    output: str
    status: int


def checked(project: SurveyedProject) -> CheckedProject:
    """Return what a check is about; raise ProjectDoesNotStartError for text alone.

    A line of the ledger whose crossing can't be seen would look as if it were gone.
    """
    if project.failure:
        msg = (
            f"The project does not start, and so can't be checked: {project.failure.rstrip('.')}. "
            f"See what its text alone tells with: bulkhead survey"
        )
        raise ProjectDoesNotStartError(msg)
    _require_sound(project)
    return CheckedProject(
        folder=project.folder,
        description=project.description,
        started=project.started,
        ledger=Path(project.settings.LEDGER),
        notes=(*project.missed, *_outdated(project.outdated)),
    )


def _require_sound(project: SurveyedProject) -> None:
    """Raise UnsoundProjectError for a name that matches nothing, which would pass for a rule."""
    description, exclude = project.description, project.settings.EXCLUDE
    legacy = {app.label for app in description.legacy_apps}
    problems = [
        *(wrongly_excluded(description, exclude) if exclude else ()),
        *(f"{one.message} {one.hint}" for one in unknown_names_of(description.components, legacy)),
    ]
    if problems:
        raise UnsoundProjectError(problems)


def run(project: SurveyedProject, options: Namespace) -> int:
    """Print the answer, and return the exit status."""
    found = answer(checked(project), vars(options), stdin=sys.stdin.buffer)
    sys.stdout.write(found.output)
    return found.status


def _outdated(files: tuple[str, ...]) -> Iterator[str]:
    if files:
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        yield (
            f"{files[0]}{more} changed since the last full run: what is known of models, URLs and "
            f"templates may be out of date. Run: bulkhead checkcomponents"
        )


def add_arguments(parser: ArgumentParser) -> None:
    """Take the files, what to write, and the format."""
    parser.add_argument(
        "files",
        nargs="*",
        help="Report on these files alone, with the answer of a full run. Left out: all.",
    )
    parser.add_argument(
        "--stdin-filename",
        metavar="FILE",
        help="Read this one file from standard input, as editors do.",
    )
    parser.add_argument(
        "--format",
        choices=list(_FORMATS),
        default="text",
        help="What to print. Left out: %(default)s.",
    )
    parser.add_argument(
        "--unresolved", action="store_true", help="List what can't be told, with its place."
    )
    parser.add_argument(
        "--all", action="store_true", help="Print all that is new as text, be it hundreds of lines."
    )
    _add_writing(parser)


def _add_writing(parser: ArgumentParser) -> None:
    writing = parser.add_mutually_exclusive_group()
    writing.add_argument(
        "--accept",
        action="store_true",
        help="Write what is there into the ledger; what makes it grow needs a --reason.",
    )
    writing.add_argument(
        "--shrink",
        action="store_true",
        help="Drop what is gone from the ledger, write new names of moved files, accept nothing.",
    )
    parser.add_argument("--reason", help="With --accept: why it has to stay for now.")
    parser.add_argument("--link", metavar="URL", help="With --accept: a page about it.")
    parser.add_argument(
        "--until", metavar="DATE", help="With --accept: the day from which it fails again."
    )


def answer(
    project: CheckedProject,
    options: Mapping[str, Any],
    *,
    stdin: BinaryIO,
    environ: Mapping[str, str] = os.environ,
    today: date | None = None,
) -> Answer:
    """Check a project, and return what to print; raise a BulkheadError where that can't be done."""
    amend = _amend(options, environ, today or date.today())  # noqa: DTZ011 - the day of the team
    asked = _asked(options, project.folder, stdin)
    report = replace(
        check(project, asked, amend=amend, today=today),
        list_unresolved=options["unresolved"],
        list_all=options["all"],
    )
    status = CLEAN if report.review.is_clean else CROSSINGS
    return Answer(output=_FORMATS[options["format"]](report), status=status)


def wants_remembered(options: Namespace) -> bool:
    """Return whether an answer about single files is asked for, which must be there at once."""
    return bool(options.files or options.stdin_filename)


def _amend(options: Mapping[str, Any], environ: Mapping[str, str], today: date) -> Amend | None:
    _require_accept(options)
    if not (options["accept"] or options["shrink"]):
        return None
    if environ.get("CI", "").lower() not in _NO:
        raise ContinuousIntegrationWritesNothingError
    if options["stdin_filename"]:
        msg = (
            "What is on standard input may never be saved, and so is not accepted. "
            "Save the file, and name it."
        )
        raise WrongArgumentsError(msg)
    return shrinking if options["shrink"] else accepting(_acceptance(options, today))


def _require_accept(options: Mapping[str, Any]) -> None:
    """Refuse an option that nothing would heed."""
    for name in ("reason", "link", "until"):
        if options[name] is not None and not options["accept"]:
            msg = f"--{name} says how --accept works, which is not there. Add --accept."
            raise WrongArgumentsError(msg)


def _acceptance(options: Mapping[str, Any], today: date) -> Acceptance:
    return Acceptance(
        reason=_reason(options["reason"]),
        link=_link(options["link"]),
        until=_until(options["until"], today),
    )


def _reason(given: str | None) -> str:
    words = (given or "").split()
    if given is not None and not words:
        msg = 'The reason is empty. Say why it has to stay: --reason "..."'
        raise WrongArgumentsError(msg)
    if words and words[0].startswith(("until=", "link=")):
        msg = (
            f"The reason begins with {words[0]!r}, which the ledger would read as a field of its "
            f"own. Use --until or --link, or other words."
        )
        raise WrongArgumentsError(msg)
    return " ".join(words)


def _link(given: str | None) -> str:
    if given is not None and len(given.split()) != 1:
        msg = f"The link is {given!r}. Write it as one word, such as: --link https://..."
        raise WrongArgumentsError(msg)
    return (given or "").strip()


def _until(given: str | None, today: date) -> date | None:
    if given is None:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError:
        msg = f"--until is {given!r}, and no day. Write it as: --until 2027-03-31"
        raise WrongArgumentsError(msg) from None
    if day <= today:
        msg = f"--until is {day}, which has come already. Name a day after {today}."
        raise WrongArgumentsError(msg)
    return day


def _asked(options: Mapping[str, Any], folder: Path, stdin: BinaryIO) -> Asked:
    named: str | None = options["stdin_filename"]
    if named is None:
        return Asked(files=frozenset(_names(options["files"], folder)))
    if options["files"]:
        msg = "--stdin-filename names the one file that is read. Leave out the other files."
        raise WrongArgumentsError(msg)
    name = _relative(named, folder)
    return Asked(files=frozenset({name}), instead={name: stdin.read()})


def _names(files: list[str], folder: Path) -> Iterator[str]:
    for file in files:
        if not Path(file).is_file():
            msg = f"There is no file {file}. Name files that are there, or none for all."
            raise WrongArgumentsError(msg)
        yield _relative(file, folder)


def _relative(file: str, folder: Path) -> str:
    """Return the name of a file as reports have it; one outside of the project keeps its own."""
    path = Path(os.path.abspath(file))  # noqa: PTH100 - a link is not followed: it has a name here
    for base in (folder, folder.resolve()):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return Path(file).as_posix()
