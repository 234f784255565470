"""Which seals a component holds, which it could declare, and what stands in the way of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.kinds import KINDS, SEALS, WATCHED, kinds_under
from bulkhead.crossings.records import Crossing
from bulkhead.crossings.review import Review
from bulkhead.crossings.structure import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """The crossings of one kind that tie a component to one other end, in one direction."""

    crossings: tuple[Crossing, ...]

    @property
    def first(self) -> Crossing:
        """The first of them."""
        return self.crossings[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealState:
    """One seal of one component."""

    component: str
    seal: str
    declared: bool
    obstacles: tuple[Obstacle, ...] = ()
    """The cheapest first: the fewest crossings."""

    faults: tuple[Fault, ...] = ()

    @property
    def is_watched(self) -> bool:
        """Whether anything would see it broken."""
        return self.seal in WATCHED

    @property
    def in_the_way(self) -> int:
        """How many things stand in the way."""
        return sum(len(one.crossings) for one in self.obstacles) + len(self.faults)

    @property
    def is_clean(self) -> bool:
        """Whether it can be declared."""
        return self.is_watched and not self.in_the_way


def seal_states(project: ProjectDescription, review: Review) -> tuple[SealState, ...]:
    """Return every seal of every component, by what a review of the whole project has found."""
    return tuple(
        seal_state(project, review, one.label, seal) for one in project.components for seal in SEALS
    )


def seal_state(project: ProjectDescription, review: Review, label: str, seal: str) -> SealState:
    """Return one seal of a component: what it rules out, at both ends, whatever is listed."""
    kinds = kinds_under(seal)
    crossings = [one for one in review.crossings if one.kind in kinds and _touches(one, label)]
    return SealState(
        component=label,
        seal=seal,
        declared=seal in project.component(label).seals,
        obstacles=tuple(sorted(_obstacles(crossings, label), key=_cost)),
        faults=tuple(one for one in review.faults if one.component == label),
    )


def _touches(crossing: Crossing, label: str) -> bool:
    return label in {crossing.origin.component, crossing.target.component}


def _obstacles(crossings: Iterable[Crossing], label: str) -> Iterator[Obstacle]:
    def end(one: Crossing) -> tuple[str, bool, str]:
        goes_out = one.origin.component == label
        other = one.target if goes_out else one.origin
        return one.kind, goes_out, other.component or other.place

    for _, group in groupby(sorted(crossings, key=end), key=end):
        yield Obstacle(crossings=tuple(group))


def _cost(one: Obstacle) -> tuple[int, int, str, int]:
    place = list(KINDS).index(one.first.kind)
    return len(one.crossings), place, one.first.origin.file, one.first.origin.line
