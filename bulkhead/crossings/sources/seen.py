"""How a source of crossings reports what it finds in a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.places import Kind, Places
from bulkhead.crossings.reading.facts import FileFacts
from bulkhead.crossings.world import World

_ELSEWHERE = {Kind.STANDARD_LIBRARY, Kind.THIRD_PARTY, Kind.BULKHEAD}


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
