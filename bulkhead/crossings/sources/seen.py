"""What a source of crossings sees of a project, and how it reports what it finds there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bulkhead.crossings.files import SourceFile
from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.places import Kind, Places
from bulkhead.crossings.reading.facts import Term
from bulkhead.crossings.reading.reader import FileFacts
from bulkhead.crossings.started import StartedProject

_ELSEWHERE = {Kind.STANDARD_LIBRARY, Kind.THIRD_PARTY, Kind.BULKHEAD}


class Definition(Protocol):
    """Where a name is defined, and who hands it on."""

    @property
    def symbol(self) -> str:
        """The dotted name, in the module that defines it."""

    @property
    def way(self) -> tuple[str, ...]:
        """The modules that hand it on, the nearest first."""


class Names(Protocol):
    """Every name that the modules of a project define or hand on."""

    def dotted(self, term: Term) -> str:
        """Return the dotted name that a term is written as; empty where it is none."""

    def definition(self, dotted: str) -> Definition | None:
        """Return where a name of the project is defined; None where no module has it."""


class World(Protocol):
    """A project that has been read."""

    @property
    def started(self) -> StartedProject:
        """What only the started project knows."""

    @property
    def places(self) -> Places:
        """Who owns what."""

    @property
    def folder(self) -> Path:
        """The folder of the project."""

    @property
    def facts(self) -> Mapping[str, FileFacts]:
        """What each module says."""

    @property
    def modules(self) -> Mapping[str, SourceFile]:
        """The file of each module."""

    @property
    def names(self) -> Names:
        """Where names are defined."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The modules whose crossings are asked for, sorted."""

    def file(self, module: str) -> str:
        """Return the file of a module, relative to the project."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Reports what one file holds of one kind, where it leads into another owner's code."""

    places: Places
    kind: str
    file: str
    module: str

    def link(self, line: int, symbol: str, way: tuple[str, ...] = ()) -> Iterator[Link]:
        """Yield a link, where it leads out of the component or app that the file is in."""
        if leads_out(self.places, self.module, symbol):
            yield Link(
                file=self.file,
                line=line,
                module=self.module,
                kind=self.kind,
                symbol=symbol,
                way=way,
            )

    def unresolved(self, line: int, text: str, reason: str) -> Iterator[Unresolved]:
        """Yield what can't be told."""
        yield Unresolved(
            file=self.file,
            line=line,
            module=self.module,
            kind=self.kind,
            text=text,
            reason=reason,
        )


def leads_out(places: Places, module: str, symbol: str) -> bool:
    """Return whether a name of the project belongs to somebody else than a module does."""
    target = symbol.partition(":")[0]  # of a template only its package
    is_own = places.of(target).owner == places.of(module).owner
    return not is_own and is_first_party(places, target)


def is_first_party(places: Places, dotted: str) -> bool:
    """Return whether a name belongs to the project."""
    return places.of(dotted).kind not in _ELSEWHERE


def reporters(world: World, kind: str) -> Iterator[tuple[Reporter, FileFacts]]:
    """Yield each module that is asked for, with what reports on it, by name."""
    for module in world.asked:
        yield Reporter(world.places, kind, world.file(module), module), world.facts[module]
