"""Which component uses which, and by how many lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bulkhead.crossings.kinds import KINDS
from bulkhead.crossings.records import Crossing

_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}

MIGRATIONS = "migrations"


def binds(crossing: Crossing) -> bool:
    """Return whether the running project is tied by it: tests and migrations tie nothing."""
    return not crossing.test and not is_of_migrations(crossing)


def is_of_migrations(crossing: Crossing) -> bool:
    """Return whether it stands in a migration."""
    return crossing.kind == "migration" or crossing.origin.place == MIGRATIONS


def kind_rank(kind: str) -> tuple[int, str]:
    """Return what sorts kinds as reports show them."""
    return _RANKS.get(kind, len(_RANKS)), kind


@dataclass(frozen=True, kw_only=True)  # without slots: what is counted is kept
class Pair:
    """All by which one component uses another."""

    consumer: str
    provider: str
    crossings: tuple[Crossing, ...]

    @cached_property
    def weight(self) -> int:
        """How many of its crossings tie the running project."""
        return sum(map(binds, self.crossings))

    @property
    def shown(self) -> int:
        """The number that stands for the pair: its weight; all, where tests alone tie it."""
        return self.weight or len(self.crossings)

    @property
    def beside(self) -> int:
        """How many more there are in tests and migrations."""
        return len(self.crossings) - self.shown

    @cached_property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """How many there are of each kind among those that are shown, the most frequent first."""
        shown = [one for one in self.crossings if binds(one)] or self.crossings
        counts = Counter(one.kind for one in shown)
        by_count = sorted(counts, key=lambda kind: (-counts[kind], kind_rank(kind)))
        return tuple((kind, counts[kind]) for kind in by_count)

    @property
    def names(self) -> tuple[str, str]:
        """The labels of consumer and provider."""
        return self.consumer, self.provider


@dataclass(frozen=True, kw_only=True)
class Tie:
    """Two components, and all that ties them, in both directions."""

    pairs: tuple[Pair, ...]
    """One or two, the heavier first."""

    @property
    def names(self) -> tuple[str, str]:
        """The labels of both, the one that uses the other more first."""
        return self.pairs[0].names

    @cached_property
    def weight(self) -> int:
        """How many of its crossings tie the running project."""
        return sum(pair.weight for pair in self.pairs)

    @property
    def shown(self) -> int:
        """The number that stands for both."""
        return self.weight or len(self.crossings)

    @property
    def crossings(self) -> tuple[Crossing, ...]:
        """Those of both directions."""
        return tuple(one for pair in self.pairs for one in pair.crossings)


def pairs_of(crossings: Iterable[Crossing]) -> tuple[Pair, ...]:
    """Return every pair of components that something ties, the heaviest first."""
    found: defaultdict[tuple[str, str], list[Crossing]] = defaultdict(list)
    for one in crossings:
        consumer, provider = one.origin.component, one.target.component
        if consumer is not None and provider is not None and consumer != provider:
            found[consumer, provider].append(one)
    pairs = (
        Pair(consumer=consumer, provider=provider, crossings=tuple(those))
        for (consumer, provider), those in found.items()
    )
    return tuple(sorted(pairs, key=_heaviest_first))


def ties_of(pairs: Iterable[Pair]) -> tuple[Tie, ...]:
    """Return every two components that are tied, the most entangled first."""
    found: defaultdict[frozenset[str], list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=_heaviest_first):
        found[frozenset(pair.names)].append(pair)
    ties = (Tie(pairs=tuple(both)) for both in found.values())
    return tuple(sorted(ties, key=lambda tie: (-tie.weight, -len(tie.crossings), tie.names)))


def _heaviest_first(pair: Pair) -> tuple[int, int, str, str]:
    return -pair.weight, -len(pair.crossings), pair.consumer, pair.provider
