from __future__ import annotations

from bulkhead.adoption.findings import Findings, KindCount
from tests.toolkit.adoption.planted import crossing, crossings, large_survey, surveyed


class TestPairs:
    def test_are_sorted_by_what_ties_the_running_project(self) -> None:
        in_tests = [crossing("a", "b", line=line, test=True) for line in range(9)]

        findings = Findings(surveyed(in_tests, crossings("c", "b", 2)))

        assert [(one.names, one.weight, one.shown) for one in findings.pairs] == [
            (("c", "b"), 2, 2),
            (("a", "b"), 0, 9),
        ]

    def test_count_tests_and_migrations_beside(self) -> None:
        beside = [
            crossing("a", "b", test=True),
            crossing("a", "b", kind="migration"),
            crossing("a", "b", kind="string", place="migrations"),
        ]

        [pair] = Findings(surveyed(beside, crossings("a", "b", 2))).pairs

        assert (pair.shown, pair.beside, pair.kinds) == (2, 3, (("import", 2),))

    def test_join_both_directions_to_a_tie(self) -> None:
        found = Findings(surveyed(crossings("a", "b", 2), crossings("b", "a", 3)))

        [tie] = found.ties
        assert (tie.names, tie.weight) == (("b", "a"), 5)

    def test_leave_out_what_is_inside_and_what_is_of_the_project(self) -> None:
        inside = [crossing("a", "a"), crossing("a", None, kind="public-leak")]
        outside = [crossing(None, "a"), crossing("a", None)]

        findings = Findings(surveyed(inside, outside))

        assert findings.pairs == ()
        assert len(findings.inside) == 2
        assert len(findings.outside) == 2


class TestTurns:
    def test_tell_what_ties_each_to_those_that_follow(self) -> None:
        findings = Findings(
            surveyed(crossings("a", "b", 1), crossings("b", "a", 4), crossings("c", "a", 2))
        )

        first, second, third = findings.turns
        assert (first.label, first.in_the_way) == ("c", 2)
        assert [pair.provider for pair in first.still_uses] == ["a"]
        assert (second.label, second.in_the_way) == ("a", 5)
        assert [pair.consumer for pair in second.still_used_by] == ["b"]
        assert (third.label, third.in_the_way, third.ties) == ("b", 0, 5)
        assert [turn.cycle for turn in findings.turns] == [0, 1, 1]
        assert findings.turn_of("b") is third

    def test_are_numbered_where_something_ties_them(self) -> None:
        findings = Findings(surveyed(crossings("a", "b", 1), also=["alone"]))

        numbers = [(turn.label, turn.number) for turn in findings.turns]

        assert numbers == [("alone", 0), ("b", 1), ("a", 2)]

    def test_are_not_held_up_by_tests_and_migrations(self) -> None:
        back = [crossing("b", "a", test=True), crossing("b", "a", kind="migration")]

        findings = Findings(surveyed(crossings("a", "b", 3), back))

        assert findings.cycles == ()
        assert [turn.in_the_way for turn in findings.turns] == [3, 0]

    def test_have_each_crossing_in_the_way_once(self) -> None:
        findings = Findings(large_survey(40, 200, ways_back=0.3))

        in_the_way = sum(turn.in_the_way for turn in findings.turns)

        assert in_the_way == sum(pair.weight for pair in findings.pairs)


class TestArrangement:
    def test_cuts_all_that_lies_above_the_diagonal(self) -> None:
        findings = Findings(large_survey(40, 200, ways_back=0.3))
        place = {label: number for number, label in enumerate(findings.arrangement.order)}

        above = {
            pair.names
            for pair in findings.pairs
            if pair.weight and place[pair.consumer] < place[pair.provider]
        }

        assert above == {cut.arc for cycle in findings.cycles for cut in cycle.cuts}


class TestNearlyFree:
    def test_are_those_that_few_crossings_tie(self) -> None:
        findings = Findings(
            surveyed(crossings("a", "b", 12), crossings("c", "b", 1), also=["alone"])
        )

        free = [(turn.label, turn.ties) for turn in findings.nearly_free]

        assert free == [("alone", 0), ("c", 1), ("a", 12)]


class TestKinds:
    def test_are_counted_by_where_they_stand(self) -> None:
        findings = Findings(
            surveyed(
                crossings("a", "b", 2),
                [
                    crossing("a", "b", test=True),
                    crossing("a", "b", kind="migration"),
                    crossing("a", "b", kind="relation"),
                    crossing("a", "b", kind="relation", place="migrations"),
                ],
            )
        )

        assert findings.kinds == (
            KindCount(kind="import", code=2, tests=1, migrations=0),
            KindCount(kind="relation", code=1, tests=0, migrations=1),
            KindCount(kind="migration", code=0, tests=0, migrations=1),
        )
