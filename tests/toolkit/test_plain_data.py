"""What is plain data, where an annotation in a module would not show it."""

from __future__ import annotations

from typing import Any

from bulkhead.plain_data import leaks


class TypeAliasType:
    """Stands for `type Json = ...` of Python 3.12, whose value is read late."""

    def __init__(self, item: Any) -> None:
        self.item = item

    @property
    def __value__(self) -> Any:
        return dict[str, self] | list[self] | self.item  # type: ignore[valid-type]


class Plain:
    pass


class TestLeaks:
    def test_end_where_an_alias_names_itself(self) -> None:
        assert list(leaks(TypeAliasType(str), direction="out")) == []

    def test_look_into_an_alias_that_names_itself(self) -> None:
        [leak] = leaks(TypeAliasType(Plain), direction="out")

        assert (leak.part, leak.what) == ("Plain", "no plain data")

    def test_name_the_same_part_once(self) -> None:
        [leak] = leaks(tuple[Plain, Plain], direction="in")

        assert leak.part == "Plain"
