from __future__ import annotations

from bulkhead.adoption.cycles import graph_of, strongly_connected, way


class TestStronglyConnected:
    def test_puts_those_together_that_reach_each_other(self) -> None:
        arcs = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", "f"), ("f", "e")]

        groups = strongly_connected(graph_of("abcdefg", arcs))

        assert groups == [("a", "b", "c"), ("d",), ("e", "f"), ("g",)]

    def test_joins_two_circles_that_share_a_member(self) -> None:
        arcs = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")]

        assert strongly_connected(graph_of("abc", arcs)) == [("a", "b", "c")]

    def test_keeps_two_circles_apart_that_one_arc_joins(self) -> None:
        arcs = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "c")]

        assert strongly_connected(graph_of("abcd", arcs)) == [("a", "b"), ("c", "d")]

    def test_follows_a_chain_that_is_longer_than_the_stack(self) -> None:
        labels = [f"c{number:05}" for number in range(5_000)]
        arcs = list(zip(labels, [*labels[1:], labels[0]], strict=True))

        assert strongly_connected(graph_of(labels, arcs)) == [tuple(labels)]


class TestWay:
    def test_is_a_shortest_one(self) -> None:
        graph = graph_of("abcd", [("a", "b"), ("b", "c"), ("c", "d"), ("a", "c")])

        assert way(graph, "a", "d") == ("a", "c", "d")

    def test_is_empty_where_there_is_none(self) -> None:
        assert way(graph_of("ab", [("a", "b")]), "b", "a") == ()
