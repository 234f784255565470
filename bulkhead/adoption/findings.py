"""What a survey shows: ties, cycles with their cuts, and the order in which to free components."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bulkhead.adoption.order import Arrangement, Cycle, arranged, freed_in_turn
from bulkhead.adoption.pairs import Pair, Tie, binds, is_of_migrations, kind_rank, pairs_of, ties_of
from bulkhead.adoption.survey import Survey
from bulkhead.crossings.records import Crossing
from bulkhead.crossings.sizes import Size

NEARLY_FREE = 12
"""Tied by so many lines at most, in both directions, a component is called nearly free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many crossings of a kind there are, and where."""

    kind: str
    code: int
    tests: int
    migrations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One component in the order, and what stands in the way of freeing it."""

    number: int
    """Its place among those that something ties; 0 where nothing does, and it is free already."""

    component: Size
    uses: tuple[Pair, ...]
    used_by: tuple[Pair, ...]
    still_uses: tuple[Pair, ...]
    """What it uses of components that are freed later: they have no public yet that it could call.
    """

    still_used_by: tuple[Pair, ...]
    """Who is freed later and reaches into it: these lines are led through its public."""

    cycle: int = 0
    """The number of the cycle that it is in, 0 for none."""

    @property
    def label(self) -> str:
        """The component's label."""
        return self.component.label

    @property
    def in_the_way(self) -> int:
        """How many crossings tie it to those that are freed later."""
        return _weight(self.still_uses) + _weight(self.still_used_by)

    @property
    def ties(self) -> int:
        """How many lines tie it to others, in both directions."""
        return _weight(self.uses) + _weight(self.used_by)


class Findings:
    """What a survey shows; all is worked out once, when it is asked for."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair of consumer and provider, the heaviest first."""
        return pairs_of(self.survey.crossings)

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Every two components that are tied, the most entangled first."""
        return ties_of(self.pairs)

    @cached_property
    def arrangement(self) -> Arrangement:
        """All components in the order that leaves the fewest crossings to cut."""
        return arranged(self.survey.labels, self._weights)

    @property
    def cycles(self) -> tuple[Cycle, ...]:
        """The cycles, the largest first."""
        return self.arrangement.cycles

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The components in the order in which to free them."""
        order = freed_in_turn(self.survey.labels, self._weights)
        place = {label: number for number, label in enumerate(order)}
        components = {one.label: one for one in self.survey.components}
        cycle_of = {
            label: number
            for number, cycle in enumerate(self.cycles, start=1)
            for label in cycle.members
        }
        uses: dict[str, list[Pair]] = {label: [] for label in place}
        used_by: dict[str, list[Pair]] = {label: [] for label in place}
        for pair in self.pairs:
            if pair.weight:
                uses[pair.consumer].append(pair)
                used_by[pair.provider].append(pair)
        free = sum(1 for label in place if not (uses[label] or used_by[label]))
        return tuple(
            Turn(
                number=max(number + 1 - free, 0),
                component=components[label],
                uses=tuple(uses[label]),
                used_by=tuple(used_by[label]),
                still_uses=tuple(one for one in uses[label] if place[one.provider] > number),
                still_used_by=tuple(one for one in used_by[label] if place[one.consumer] > number),
                cycle=cycle_of.get(label, 0),
            )
            for label, number in place.items()
        )

    @cached_property
    def nearly_free(self) -> tuple[Turn, ...]:
        """Those that few lines tie, or none, the freest first."""
        few = [turn for turn in self.turns if turn.ties <= NEARLY_FREE]
        return tuple(sorted(few, key=lambda turn: (turn.ties, turn.label)))

    @cached_property
    def kinds(self) -> tuple[KindCount, ...]:
        """How many crossings there are of each kind."""
        return kinds_of(self.survey.crossings)

    @cached_property
    def between(self) -> tuple[Crossing, ...]:
        """The crossings between two components."""
        return tuple(one for pair in self.pairs for one in pair.crossings)

    @cached_property
    def between_kinds(self) -> tuple[KindCount, ...]:
        """How many crossings of each kind there are between two components."""
        return kinds_of(self.between)

    @cached_property
    def inside(self) -> tuple[Crossing, ...]:
        """The crossings that break the layers of one component."""
        return tuple(one for one in self.survey.crossings if _is_inside(one))

    @cached_property
    def outside(self) -> tuple[Crossing, ...]:
        """The crossings that begin or end in the project's own modules, of no component."""
        return tuple(
            one
            for one in self.survey.crossings
            if None in {one.origin.component, one.target.component} and not _is_inside(one)
        )

    def turn_of(self, label: str) -> Turn:
        """Return the turn of this component, which is one of the survey's."""
        return next(turn for turn in self.turns if turn.label == label)

    @property
    def _weights(self) -> dict[tuple[str, str], int]:
        return {pair.names: pair.weight for pair in self.pairs}


def kinds_of(crossings: Iterable[Crossing]) -> tuple[KindCount, ...]:
    """Return how many crossings there are of each kind, in the order in which reports have them."""
    code: Counter[str] = Counter()
    tests: Counter[str] = Counter()
    migrations: Counter[str] = Counter()
    for one in crossings:
        where = code if binds(one) else migrations if is_of_migrations(one) else tests
        where[one.kind] += 1
    kinds = sorted(code.keys() | tests.keys() | migrations.keys(), key=kind_rank)
    return tuple(
        KindCount(kind=kind, code=code[kind], tests=tests[kind], migrations=migrations[kind])
        for kind in kinds
    )


def _is_inside(one: Crossing) -> bool:
    origin, target = one.origin.component, one.target.component
    return origin is not None and (target == origin or (target is None and _leaks(one)))


def _leaks(one: Crossing) -> bool:
    """Return whether a public hands out what is of no component: a queryset, a request, Any."""
    return one.kind == "public-leak"


def _weight(pairs: Iterable[Pair]) -> int:
    return sum(pair.weight for pair in pairs)
