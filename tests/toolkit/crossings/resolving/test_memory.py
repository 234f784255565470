from __future__ import annotations

from itertools import permutations

import pytest

from bulkhead.crossings.resolving.memory import Memory

EDGES = {"a": "bc", "b": "ad", "c": "be", "d": "", "e": "ce"}
REACHED = {
    "a": frozenset("abcde"),
    "b": frozenset("abcde"),
    "c": frozenset("abcde"),
    "d": frozenset("d"),
    "e": frozenset("abcde"),
}


class TestMemory:
    @pytest.mark.parametrize("order", list(permutations("abcde")))
    def test_answers_the_same_in_whatever_order_it_is_asked(self, order: tuple[str, ...]) -> None:
        def reached(node: str) -> frozenset[str]:
            return frozenset(node).union(*(memory(one) for one in EDGES[node]))

        memory: Memory[str, frozenset[str]] = Memory(reached, frozenset)

        found = {node: memory(node) for node in order}

        assert found == REACHED

    def test_answers_each_question_once(self) -> None:
        asked: list[str] = []

        def length(text: str) -> int:
            asked.append(text)
            return 1 + memory(text[1:]) if text else 0

        memory: Memory[str, int] = Memory(length, int)

        found = [memory("abc"), memory("bc"), memory("abc")]

        assert found == [3, 2, 3]
        assert asked == ["abc", "bc", "c", ""]

    def test_gives_up_where_questions_lead_to_questions_without_end(self) -> None:
        def endless(number: int) -> int:
            return 1 + memory(number + 1)

        memory: Memory[int, int] = Memory(endless, int)

        found = memory(0)

        assert found == 120
