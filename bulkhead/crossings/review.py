"""What was found in a project, each judged by the rules, the seals and the ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.found import Found
from bulkhead.crossings.judging import Judging
from bulkhead.crossings.kinds import KINDS, kinds_under
from bulkhead.crossings.ledger import Gone, Ledger, Moved
from bulkhead.crossings.links import Unresolved
from bulkhead.crossings.places import Places
from bulkhead.crossings.records import Crossing, Verdict
from bulkhead.crossings.renames import follow_renames
from bulkhead.crossings.structure import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What was found, sorted by file and line."""

    crossings: tuple[Crossing, ...]
    faults: tuple[Fault, ...] = ()
    gone: tuple[Gone, ...] = ()
    moved: tuple[Moved, ...] = ()
    """The entries that name a module as it was called before git saw it renamed."""

    unresolved: tuple[Unresolved, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    """What it was judged by, with the entries that have moved under their new names."""

    @property
    def new(self) -> tuple[Crossing, ...]:
        """The crossings that stand in no ledger."""
        return tuple(one for one in self.crossings if one.verdict is Verdict.NEW)

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.new or self.faults or self.gone)

    def narrowed(self, files: Collection[str], modules: Collection[str]) -> Review:
        """Return what it says of these files, which hold these modules."""
        return replace(
            self,
            crossings=tuple(one for one in self.crossings if one.origin.file in files),
            faults=tuple(one for one in self.faults if one.file in files),
            gone=tuple(one for one in self.gone if one.entry.module in modules),
            moved=tuple(one for one in self.moved if one.key[1] in modules),
            unresolved=tuple(one for one in self.unresolved if one.file in files),
        )


def conclude(
    project: ProjectDescription,
    ledger: Ledger,
    found: Found,
    *,
    base: Path,
    today: date | None = None,
) -> Review:
    """Judge what was found by the rules, the seals and the ledger."""
    judge = Judging(project, Places(project)).judge
    crossings = sorted(
        filter(None, map(judge, found.links)),
        key=lambda one: (one.origin, one.target, _place_of(one.kind)),
    )
    seals = seals_of(project)
    judged = ledger.judge(crossings, seals=seals, today=today)
    gone = _that_can_be_told(ledger.gone(judged, kinds=found.kinds), found)
    followed = follow_renames(ledger, judged, gone, modules=found.modules, base=base)
    if followed.moved:
        judged = followed.judge(crossings, seals=seals, today=today)
        gone = _that_can_be_told(followed.gone(judged, kinds=found.kinds), found)
    return Review(
        crossings=tuple(judged),
        faults=tuple(sorted(found.faults, key=lambda fault: (fault.file, fault.line, fault.what))),
        gone=tuple(gone),
        moved=followed.moved,
        unresolved=tuple(sorted(found.unresolved)),
        ledger=followed,
    )


def _that_can_be_told(gone: list[Gone], found: Found) -> list[Gone]:
    """Return those of the modules that were looked at, and of modules that are not there."""
    if found.asked is None:
        return gone
    unread = set(found.modules.values()) - found.asked
    return [one for one in gone if one.entry.module not in unread]


def seals_of(project: ProjectDescription) -> dict[str, tuple[str, ...]]:
    """Return the kinds of crossing that each component rules out."""
    return {
        one.label: tuple(kind for seal in one.seals for kind in kinds_under(seal))
        for one in project.components
    }


def without_seals(project: ProjectDescription) -> ProjectDescription:
    """Return the project as it would be judged if nobody had sealed anything."""
    open_ones = tuple(replace(one, seals=()) for one in project.components)
    return replace(project, components=open_ones)


def _place_of(kind: str) -> int:
    return list(KINDS).index(kind)
