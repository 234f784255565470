"""The cheapest cuts that break a circle: a minimum feedback arc set.

An order of the members tells the cuts: whoever stands before what it uses has to be cut from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TypeAlias

from bulkhead.adoption.cycles import graph_of, way

Arc: TypeAlias = tuple[str, str]
"""Consumer and provider."""

Weights: TypeAlias = Mapping[Arc, int]
"""How many lines each arc takes to cut."""

Neighbours: TypeAlias = Mapping[str, list[tuple[str, int]]]

EXACT_UP_TO = 14
"""Of so many members the order is the best there is; trying doubles with each more."""

_WINDOW = 7
_SHAKES = 12


def cheapest_cuts(members: Iterable[str], weights: Weights) -> tuple[Arc, ...]:
    """Return the arcs whose removal leaves no circle, the lightest sum of them, sorted."""
    inside = set(members)
    arcs = {arc: weight for arc, weight in weights.items() if inside.issuperset(arc)}
    start = sorted(inside)
    order = best_order(start, arcs) if len(start) <= EXACT_UP_TO else good_order(start, arcs)
    return _needed(order, arcs)


def best_order(members: Sequence[str], weights: Weights) -> list[str]:
    """Return an order, what is used first, that leaves the least to cut: every one is weighed.

    Held and Karp's way: the best order of a set ends in some member, after the best of the rest.
    """
    count = len(members)
    rows = [[weights.get((one, other), 0) for other in members] for one in members]
    lowest = [0] * (1 << count)
    last = [0] * (1 << count)
    for chosen in range(1, 1 << count):
        ways = [
            (lowest[chosen ^ (1 << place)] + _cut(rows, chosen ^ (1 << place), place), place)
            for place in range(count)
            if chosen >> place & 1
        ]
        lowest[chosen], last[chosen] = min(ways)
    return _walked_back(members, last)


def good_order(members: Sequence[str], weights: Weights) -> list[str]:
    """Return an order that leaves little to cut.

    It is mended until no move of one or of a few helps, then shaken and mended again; the dice fall
    alike each time.
    """
    neighbours = _neighbours(weights)
    best = _mended(_greedy(members, weights), neighbours, weights)
    lowest = _cost(best, weights)
    dice = Random(len(best))  # noqa: S311 - nothing secret
    for _ in range(_SHAKES):
        order = _mended(_shaken(best, dice), neighbours, weights)
        if (cost := _cost(order, weights)) < lowest:
            best, lowest = order, cost
    return best


def _mended(order: list[str], neighbours: Neighbours, weights: Weights) -> list[str]:
    cost = _cost(order, weights)
    while True:
        order = _mended_in_windows(_sifted(order, neighbours), weights)
        if (now := _cost(order, weights)) >= cost:
            return order
        cost = now


def _shaken(order: Sequence[str], dice: Random) -> list[str]:
    """Return the order after a few members were moved to anywhere."""
    moved = list(order)
    for _ in range(max(3, len(moved) // 20)):
        moved.insert(dice.randrange(len(moved)), moved.pop(dice.randrange(len(moved))))
    return moved


def _cut(rows: list[list[int]], before: int, place: int) -> int:
    """Return what those who stand before a member use of it."""
    total = 0
    while before:
        lowest = before & -before
        total += rows[lowest.bit_length() - 1][place]
        before ^= lowest
    return total


def _walked_back(members: Sequence[str], last: list[int]) -> list[str]:
    order = []
    chosen = (1 << len(members)) - 1
    while chosen:
        order.append(members[last[chosen]])
        chosen ^= 1 << last[chosen]
    return order[::-1]


def _cost(order: Sequence[str], weights: Weights) -> int:
    place = {label: number for number, label in enumerate(order)}
    return sum(
        weight
        for (consumer, provider), weight in weights.items()
        if place[consumer] < place[provider]
    )


def _neighbours(weights: Weights) -> Neighbours:
    """Return for each member every other, and what is won where that one comes to stand before."""
    won: defaultdict[Arc, int] = defaultdict(int)
    for (consumer, provider), weight in sorted(weights.items()):
        won[consumer, provider] += weight
        won[provider, consumer] -= weight
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for (one, other), gain in sorted(won.items()):
        found[one].append((other, gain))
    return found


def _greedy(members: Sequence[str], weights: Weights) -> list[str]:
    """Return an order that puts first what is used much and uses little (Eades, Lin, Smyth)."""
    balance = dict.fromkeys(members, 0)
    for (consumer, provider), weight in weights.items():
        balance[provider] += weight
        balance[consumer] -= weight
    order = []
    while balance:
        chosen = max(sorted(balance), key=balance.__getitem__)
        del balance[chosen]
        order.append(chosen)
        for (consumer, provider), weight in weights.items():
            if provider == chosen and consumer in balance:
                balance[consumer] += weight
            elif consumer == chosen and provider in balance:
                balance[provider] -= weight
    return order


def _sifted(order: list[str], neighbours: Neighbours) -> list[str]:
    """Return the order after each member was moved to where it costs the least."""
    for label in sorted(order):
        place = {one: number for number, one in enumerate(order)}
        steps = sorted((place[other], gain) for other, gain in neighbours[label])
        target = _cheapest_place(place[label], steps)
        order.remove(label)
        order.insert(target, label)
    return order


def _cheapest_place(now: int, steps: list[tuple[int, int]]) -> int:
    """Return where a member costs the least, its own place where no other is cheaper."""
    gained = 0
    ways = [(0, 0)]
    for number, gain in steps:
        gained -= gain
        ways.append((gained, number + 1 if number < now else number))
    staying = -sum(gain for number, gain in steps if number < now)
    lowest, target = min(ways)
    return target if lowest < staying else now


def _mended_in_windows(order: list[str], weights: Weights) -> list[str]:
    """Return the order after every few that stand together were put into their best order."""
    for start in range(max(1, len(order) - _WINDOW + 1)):
        window = order[start : start + _WINDOW]
        among = {(a, b): weights[a, b] for a in window for b in window if (a, b) in weights}
        if cost := _cost(window, among):
            better = best_order(window, among)
            if _cost(better, among) < cost:
                order[start : start + _WINDOW] = better
    return order


def _needed(order: Sequence[str], weights: Weights) -> tuple[Arc, ...]:
    """Return what the order cuts, less the arcs that close no circle once the rest is cut."""
    place = {label: number for number, label in enumerate(order)}
    cut = [arc for arc in weights if place[arc[0]] < place[arc[1]]]
    kept = graph_of(order, (arc for arc in weights if place[arc[0]] > place[arc[1]]))
    needed = []
    for consumer, provider in sorted(cut, key=lambda arc: (-weights[arc], arc)):
        if way(kept, provider, consumer):
            needed.append((consumer, provider))
        else:
            kept[consumer].append(provider)
    return tuple(sorted(needed))
