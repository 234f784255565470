from __future__ import annotations

from bulkhead.adoption.order import Cut, Cycle, arranged, freed_in_turn


class TestArranged:
    def test_puts_what_is_used_before_what_uses_it(self) -> None:
        arrangement = arranged("abc", {("a", "b"): 1, ("b", "c"): 1})

        assert arrangement.order == ("c", "b", "a")
        assert arrangement.cycles == ()

    def test_puts_what_nothing_ties_first(self) -> None:
        assert arranged("abz", {("a", "b"): 1}).order == ("z", "b", "a")

    def test_puts_first_what_fewer_reach_into(self) -> None:
        assert arranged("abc", {("c", "a"): 5, ("c", "b"): 2}).order == ("b", "a", "c")

    def test_tells_the_cheapest_cut_of_a_cycle_and_the_circle_that_it_closes(self) -> None:
        arrangement = arranged("abc", {("a", "b"): 5, ("b", "c"): 2, ("c", "a"): 7})

        cut = Cut(consumer="b", provider="c", weight=2, loop=("c", "a", "b"))
        assert arrangement.cycles == (Cycle(members=("b", "a", "c"), cuts=(cut,)),)
        assert arrangement.order == ("b", "a", "c")

    def test_keeps_the_members_of_a_cycle_together(self) -> None:
        weights = {("a", "b"): 1, ("b", "a"): 2, ("c", "a"): 1, ("b", "d"): 1}

        assert arranged("abcd", weights).order == ("d", "a", "b", "c")

    def test_takes_an_arc_without_weight_for_none(self) -> None:
        assert arranged("ab", {("a", "b"): 1, ("b", "a"): 0}).cycles == ()

    def test_has_the_largest_cycle_first(self) -> None:
        small = {("a", "b"): 1, ("b", "a"): 1}
        large = {("c", "d"): 1, ("d", "e"): 1, ("e", "c"): 1}

        cycles = arranged("abcde", {**small, **large}).cycles

        assert [len(cycle.members) for cycle in cycles] == [3, 2]
        assert [cycle.weight for cycle in cycles] == [1, 1]


class TestFreedInTurn:
    def test_begins_with_what_is_tied_least(self) -> None:
        weights = {("a", "b"): 9, ("b", "c"): 2, ("a", "c"): 3}

        assert freed_in_turn("abcd", weights) == ("d", "c", "b", "a")

    def test_counts_no_more_what_leads_to_a_free_one(self) -> None:
        weights = {("hub", "a"): 3, ("hub", "b"): 3, ("hub", "c"): 3, ("x", "y"): 5}

        assert freed_in_turn(["hub", "a", "b", "c", "x", "y"], weights) == (
            "a",
            "b",
            "c",
            "hub",
            "y",
            "x",
        )
