"""Two orders: the one that leaves the least to cut, and the one in which to free components."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulkhead.adoption.cuts import Arc, Weights, cheapest_cuts
from bulkhead.adoption.cycles import graph_of, strongly_connected, way


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """An arc that has to go, and a circle that it closes."""

    consumer: str
    provider: str
    weight: int
    loop: tuple[str, ...]
    """From the provider back to the consumer, by arcs that stay."""

    @property
    def arc(self) -> Arc:
        """The labels of consumer and provider."""
        return self.consumer, self.provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """Components that reach each other, and the cheapest cuts after which they don't."""

    members: tuple[str, ...]
    """What is used before what uses it, once the cuts are made."""

    cuts: tuple[Cut, ...]
    """The heaviest first."""

    @property
    def weight(self) -> int:
        """How many lines there are to cut."""
        return sum(cut.weight for cut in self.cuts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """All components, what is used before what uses it, and the cycles that can't be so ordered."""

    order: tuple[str, ...]
    cycles: tuple[Cycle, ...]
    """The largest first."""


def arranged(labels: Iterable[str], weights: Weights) -> Arrangement:
    """Arrange components; of those that could come next, the one with the least in its way does.

    The members of a cycle stand together.
    """
    ties = {arc: weight for arc, weight in weights.items() if weight}
    groups = strongly_connected(graph_of(labels, ties))
    cycles = {group: _cycle(group, ties) for group in groups if len(group) > 1}
    order = [
        label
        for group in _groups_in_turn(groups, ties, cycles)
        for label in (cycles[group].members if group in cycles else group)
    ]
    largest_first = sorted(cycles.values(), key=lambda one: (-len(one.members), one.members))
    return Arrangement(order=tuple(order), cycles=tuple(largest_first))


def freed_in_turn(labels: Iterable[str], weights: Weights) -> tuple[str, ...]:
    """Return the order in which to free components: always the one that is tied least.

    What ties it to those that are free already is no longer counted, as it goes through `public`
    by then. Of those that are tied alike the one that uses less comes first.
    """
    ties = dict.fromkeys(labels, 0)
    uses = dict.fromkeys(ties, 0)
    for (consumer, provider), weight in weights.items():
        ties[consumer] += weight
        ties[provider] += weight
        uses[consumer] += weight
    order = []
    while ties:
        chosen = min(ties, key=lambda label: (ties[label], uses[label], label))
        del ties[chosen]
        order.append(chosen)
        for (consumer, provider), weight in weights.items():
            if provider == chosen and consumer in ties:
                ties[consumer] -= weight
                uses[consumer] -= weight
            elif consumer == chosen and provider in ties:
                ties[provider] -= weight
    return tuple(order)


def _cycle(group: tuple[str, ...], weights: Weights) -> Cycle:
    inside = set(group)
    arcs = {arc: weight for arc, weight in weights.items() if inside.issuperset(arc)}
    cut = set(cheapest_cuts(group, arcs))
    kept = graph_of(group, arcs.keys() - cut)
    cuts = [
        Cut(
            consumer=consumer,
            provider=provider,
            weight=arcs[consumer, provider],
            loop=way(kept, provider, consumer),
        )
        for consumer, provider in cut
    ]
    return Cycle(
        members=tuple(_in_turn(group, arcs.keys() - cut, _in_the_way(group, weights, cut))),
        cuts=tuple(sorted(cuts, key=lambda one: (-one.weight, one.arc))),
    )


def _groups_in_turn(
    groups: list[tuple[str, ...]],
    weights: Weights,
    cycles: dict[tuple[str, ...], Cycle],
) -> list[tuple[str, ...]]:
    named = {group[0]: group for group in groups}
    group_of = {label: group[0] for group in groups for label in group}
    arcs = {(group_of[one], group_of[other]) for one, other in weights}
    incoming: defaultdict[str, int] = defaultdict(int)
    for (consumer, provider), weight in weights.items():
        if group_of[consumer] != group_of[provider]:
            incoming[group_of[provider]] += weight
    ranks = {
        name: (cycles[group].weight if group in cycles else 0, incoming[name])
        for name, group in named.items()
    }
    between = {(one, other) for one, other in arcs if one != other}
    return [named[name] for name in _in_turn(named, between, ranks)]


def _in_the_way(
    group: tuple[str, ...], weights: Weights, cut: set[Arc]
) -> dict[str, tuple[int, int]]:
    """Return for each member the lines to cut, and those that reach into it."""
    ranks = dict.fromkeys(group, (0, 0))
    for arc, weight in weights.items():
        consumer, provider = arc
        if arc in cut:
            to_cut, reaching = ranks[consumer]
            ranks[consumer] = (to_cut + weight, reaching)
        if provider in ranks:
            to_cut, reaching = ranks[provider]
            ranks[provider] = (to_cut, reaching + weight)
    return ranks


def _in_turn(
    labels: Iterable[str], arcs: Iterable[Arc], ranks: dict[str, tuple[int, int]]
) -> Iterator[str]:
    """Yield labels, each after all that it uses; arcs close no circle."""
    waiting_for: dict[str, set[str]] = {label: set() for label in labels}
    users: defaultdict[str, list[str]] = defaultdict(list)
    for consumer, provider in arcs:
        waiting_for[consumer].add(provider)
        users[provider].append(consumer)
    ready = sorted(label for label, others in waiting_for.items() if not others)
    while ready:
        chosen = min(ready, key=lambda label: (ranks[label], label))
        ready.remove(chosen)
        yield chosen
        for user in users[chosen]:
            waiting_for[user].discard(chosen)
            if not waiting_for[user]:
                ready.append(user)
