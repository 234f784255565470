from __future__ import annotations

import random
from itertools import permutations

import pytest

from bulkhead.adoption.cuts import Weights, best_order, cheapest_cuts, good_order
from bulkhead.adoption.cycles import graph_of, strongly_connected


def cost(order: tuple[str, ...] | list[str], weights: Weights) -> int:
    place = {label: number for number, label in enumerate(order)}
    return sum(weight for (one, other), weight in weights.items() if place[one] < place[other])


def tangle(seed: int, members: int, density: float = 0.5) -> tuple[list[str], Weights]:
    dice = random.Random(seed)  # noqa: S311 - nothing secret
    labels = [f"c{number:02}" for number in range(members)]
    arcs = [(one, other) for one in labels for other in labels if one != other]
    return labels, {arc: dice.randint(1, 9) for arc in arcs if dice.random() < density}


class TestCheapestCuts:
    def test_cut_the_lightest_arc_of_a_circle(self) -> None:
        weights = {("a", "b"): 5, ("b", "c"): 2, ("c", "a"): 7}

        assert cheapest_cuts("abc", weights) == (("b", "c"),)

    def test_cut_one_arc_that_two_circles_share_rather_than_one_of_each(self) -> None:
        weights = {("a", "b"): 3, ("b", "c"): 2, ("c", "a"): 9, ("b", "d"): 2, ("d", "a"): 9}

        assert cheapest_cuts("abcd", weights) == (("a", "b"),)

    def test_cut_nothing_where_there_is_no_circle(self) -> None:
        assert cheapest_cuts("abc", {("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 1}) == ()

    @pytest.mark.parametrize("seed", range(12))
    def test_weigh_as_little_as_the_best_of_all_orders(self, seed: int) -> None:
        labels, weights = tangle(seed, 6)

        cuts = cheapest_cuts(labels, weights)

        least = min(cost(order, weights) for order in permutations(labels))
        assert sum(weights[arc] for arc in cuts) == least

    @pytest.mark.parametrize("members", [13, 15, 30])
    def test_leave_no_circle_and_cut_no_arc_in_vain(self, members: int) -> None:
        labels, weights = tangle(3, members, density=0.2)

        cuts = set(cheapest_cuts(labels, weights))

        kept = weights.keys() - cuts
        assert has_no_circle(labels, kept)
        assert [arc for arc in cuts if has_no_circle(labels, kept | {arc})] == []

    def test_are_the_same_whatever_the_order_of_what_is_given(self) -> None:
        labels, weights = tangle(4, 20, density=0.2)
        turned = dict(reversed(list(weights.items())))

        assert cheapest_cuts(labels[::-1], turned) == cheapest_cuts(labels, weights)


class TestGoodOrder:
    @pytest.mark.parametrize("seed", range(12))
    def test_is_close_to_the_best(self, seed: int) -> None:
        labels, weights = tangle(seed, 11, density=0.35)

        found = cost(good_order(labels, weights), weights)

        assert found <= 1.1 * cost(best_order(labels, weights), weights)

    def test_finds_an_order_without_a_cut_where_there_is_one(self) -> None:
        labels, weights = tangle(8, 40)
        downwards = {arc: weight for arc, weight in weights.items() if arc[0] > arc[1]}

        assert cost(good_order(labels[::-1], downwards), downwards) == 0


def has_no_circle(labels: list[str], arcs: set[tuple[str, str]]) -> bool:
    return len(strongly_connected(graph_of(labels, arcs))) == len(labels)
