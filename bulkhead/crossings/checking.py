"""One run: what is read, judged, held against the ledger, and written where that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from bulkhead.crossings.accepting import Acceptance, Change, accept, shrink, write_changes
from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.found import Reading, found_in
from bulkhead.crossings.ledger import Ledger, read_ledger
from bulkhead.crossings.reports.report import Report
from bulkhead.crossings.review import Review, conclude, without_seals
from bulkhead.crossings.seal_states import SealState, seal_states
from bulkhead.crossings.sizes import sizes_of
from bulkhead.crossings.started import StartedProject
from bulkhead.crossings.world import World

Amend: TypeAlias = Callable[[Review, Path], list[Change]]
"""Makes of a review what becomes of the ledger in a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedProject:
    """What a check is about."""

    folder: Path
    description: ProjectDescription
    started: StartedProject
    ledger: Path
    """The folder of the ledger, relative to that of the project."""

    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The files that a check is narrowed to, relative to the project; none stands for all."""

    files: frozenset[str] = frozenset()
    instead: Mapping[str, bytes] = field(default_factory=dict)
    """What is read for a file, whatever stands in it."""


def check(
    project: CheckedProject,
    asked: Asked | None = None,
    *,
    amend: Amend | None = None,
    today: date | None = None,
) -> Report:
    """Check a project, or some of its files with the answer that a full run has for these."""
    asked = asked or Asked()
    reading = _read(project, asked)
    review = _reviewed(project, reading, asked, today)
    written: list[Change] = []
    if amend is not None:
        written = amend(review, project.ledger)
        write_changes(written, project.folder)
        review = _reviewed(project, reading, asked, today)
    return Report(
        review=review,
        sizes=sizes_of(project.description, reading.lines, project.started.models),
        written=tuple(written),
        notes=(*project.notes, *_unread(reading, asked)),
    )


def seals_of_project(project: CheckedProject) -> tuple[SealState, ...]:
    """Return every seal of every component; what the ledger lists counts like all else."""
    reading = _read(project, Asked())
    as_if_open = without_seals(project.description)
    review = conclude(as_if_open, Ledger(), reading.found, base=project.folder)
    return seal_states(project.description, review)


def accepting(acceptance: Acceptance) -> Amend:
    """Return what `--accept` does to the ledger."""
    return lambda review, folder: accept(review, folder, acceptance)


def shrinking(review: Review, folder: Path) -> list[Change]:
    """Do what `--shrink` does to the ledger."""
    return shrink(review, folder)


def _read(project: CheckedProject, asked: Asked) -> Reading:
    narrow = asked.files and all(_tells_of_itself(project, file) for file in asked.files)
    world = World(
        project.started,
        project.description,
        folder=project.folder,
        asked=asked.files if narrow else None,
        instead=asked.instead,
    )
    return found_in(world)


def _tells_of_itself(project: CheckedProject, file: str) -> bool:
    """Return whether no other file counts with this one in the ledger.

    A template or a fixture counts with the others of its app, and with the app's own module.
    """
    if not file.endswith(".py"):
        return False
    apps = {app.package.replace(".", "/") for app in project.started.apps}
    package, slash, name = file.rpartition("/")
    return name != "__init__.py" or not any(
        f"/{package}{slash}".endswith(f"/{app}/") for app in apps
    )


def _reviewed(
    project: CheckedProject, reading: Reading, asked: Asked, today: date | None
) -> Review:
    base = project.folder
    ledger = read_ledger(base / project.ledger, base=base)
    review = conclude(project.description, ledger, reading.found, base=base, today=today)
    if not asked.files:
        return review
    modules = {reading.found.modules.get(file, "") for file in asked.files}
    return review.narrowed(asked.files, modules)


def _unread(reading: Reading, asked: Asked) -> list[str]:
    return [
        f"{file} is not read: it is in no package of the project."
        for file in sorted(asked.files - reading.found.modules.keys())
    ]
