"""One look at a whole project: its crossings, each judged, and its faults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.files import bare_folders, source_files
from bulkhead.crossings.ledger import Gone, Ledger
from bulkhead.crossings.places import Places
from bulkhead.crossings.reading.reader import read_file, relative_name
from bulkhead.crossings.records import Crossing, Verdict
from bulkhead.crossings.rules import Rules
from bulkhead.crossings.sources.imports import KIND, ImportSource
from bulkhead.crossings.structure import Fault, StructureSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What was found, sorted by file and line."""

    crossings: tuple[Crossing, ...]
    faults: tuple[Fault, ...]
    gone: tuple[Gone, ...]

    @property
    def new(self) -> tuple[Crossing, ...]:
        """The crossings that stand in no ledger."""
        return tuple(one for one in self.crossings if one.verdict is Verdict.NEW)

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.new or self.faults or self.gone)


def review(project: ProjectDescription, ledger: Ledger, *, base: Path) -> Review:
    """Read every file of a project and judge what it says; `base` is what files are relative to."""
    places = Places(project)
    imports = ImportSource(places, Rules(project))
    structure = StructureSource(project, places, base)
    files = source_files(project.roots, excluded=project.excluded)
    bare = bare_folders(project.roots, excluded=project.excluded)
    faults = [*structure.bare_folders(bare), *structure.strays(files)]
    found: list[Crossing] = []
    for file in files:
        facts = read_file(file)
        if facts.unreadable:
            faults.append(structure.unreadable(file, facts))
        name = relative_name(file.path, base)
        found.extend(imports.crossings(file.module, name, facts.imports))
    crossings = ledger.judge(sorted(found, key=lambda one: (one.origin, one.target)))
    return Review(
        crossings=tuple(crossings),
        faults=tuple(sorted(faults, key=lambda fault: (fault.file, fault.line, fault.what))),
        gone=tuple(ledger.gone(crossings, kinds=[KIND])),
    )
