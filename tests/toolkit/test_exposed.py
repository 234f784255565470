"""The door of a component: what it exposes, and what it publishes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property, partial
from typing import Annotated, Any, Literal, NewType
from uuid import UUID

import pytest
from asgiref.sync import iscoroutinefunction

from bulkhead.components import get_component
from bulkhead.exposed import (
    ExposedFunction,
    PublishingError,
    exposed,
    exposed_functions,
    is_exposed,
    publishes,
    watch_calls,
)
from tests.toolkit.shop import Shop


class ClosedError(Exception):
    """It is closed."""


class Kind(Enum):
    GOODS = "goods"
    WORK = "work"


Sku = NewType("Sku", str)


@dataclass(slots=True, kw_only=True)
class Part:
    name: str


@dataclass(slots=True, kw_only=True)
class Line:
    sku: Sku
    kind: Kind
    parts: list[Part] = field(default_factory=list)
    spare: Part | None = None


@dataclass(kw_only=True)
class Order:
    number: str
    lines: list[Line]
    kind: Kind | None = None
    tags: set[str] = field(default_factory=set)
    notes: dict[str, Part] = field(default_factory=dict)
    way: Literal["sea", "air"] = "sea"
    parent: Order | None = None

    @property
    def size(self) -> int:
        return len(self.lines)

    @cached_property
    def first(self) -> Line | None:
        return self.lines[0] if self.lines else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartInfo:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInfo:
    sku: str
    kind: Kind
    parts: tuple[PartInfo, ...]
    spare: PartInfo | None


LINE = Line(sku=Sku("a"), kind=Kind.WORK, parts=[Part(name="nut")], spare=Part(name="bolt"))
LINE_INFO = LineInfo(
    sku="a", kind=Kind.WORK, parts=(PartInfo(name="nut"),), spare=PartInfo(name="bolt")
)


class TestExposed:
    def test_calls_the_function(self) -> None:
        @exposed
        def add(one: int, *, other: int = 2) -> int:
            return one + other

        assert add(1, other=3) == 4

    def test_keeps_name_and_docstring(self) -> None:
        @exposed(raises=(ClosedError,))
        def add() -> None:
            """Add."""

        assert (add.__name__, add.__doc__, is_exposed(add)) == ("add", "Add.", True)

    def test_lets_a_coroutine_function_be_one(self) -> None:
        @exposed
        async def add(*, one: int) -> int:
            return one + 1

        assert iscoroutinefunction(add)
        assert asyncio.run(add(one=1)) == 2


class TestRecord:
    @pytest.fixture
    def closing(self, shop: Shop) -> Iterator[ExposedFunction]:
        shop.offers(
            '''
            from __future__ import annotations
            from uuid import UUID
            import uuid
            from bulkhead.exposed import exposed
            from shop.domain import OrderClosedError, OrderInfo, LineInfo

            class MissingError(LookupError):
                pass

            @exposed
            def close_order(*, order_id: UUID, lines: list[LineInfo] | None = None) -> OrderInfo:
                """Close it.

                Twice is an error.
                """

            @exposed(raises=(MissingError,))
            def a_list(): ...
            ''',
            imports="",
        )
        with shop.installed():
            _, entry = exposed_functions(get_component("shop"))
            yield entry

    def test_tells_component_name_signature_and_doc(self, closing: ExposedFunction) -> None:
        told = (closing.component, closing.module, closing.name, closing.signature, closing.doc)

        assert told == (
            "shop",
            "shop.public",
            "close_order",
            "(*, order_id: UUID, lines: list[LineInfo] | None = None) -> OrderInfo",
            "Close it.\n\nTwice is an error.",
        )

    def test_takes_the_errors_that_public_re_exports(self, closing: ExposedFunction) -> None:
        assert [error.__name__ for error in closing.raises] == ["MissingError", "OrderClosedError"]

    @pytest.mark.usefixtures("closing")
    def test_narrows_the_errors_down_to_those_declared(self) -> None:
        first, _ = exposed_functions(get_component("shop"))

        assert [error.__name__ for error in first.raises] == ["MissingError"]

    def test_writes_evaluated_annotations_without_their_modules(self) -> None:
        def stored(*, day: date, ids: Mapping[str, list[UUID]]) -> tuple[Kind, ...] | None: ...

        stored.__annotations__ = {
            "day": date,
            "ids": Mapping[str, list[UUID]],
            "return": tuple[Kind, ...] | None,
        }

        written = ExposedFunction(function=stored, declared=None).signature

        assert written == "(*, day: date, ids: Mapping[str, list[UUID]]) -> tuple[Kind, ...] | None"

    def test_is_empty_without_a_public(self, shop: Shop) -> None:
        with shop.installed():
            assert exposed_functions(get_component("shop")) == []

    def test_knows_no_component_for_a_function_outside_all(self) -> None:
        entry = ExposedFunction(function=date.fromordinal, declared=None)

        assert (entry.component, entry.raises) == (None, ())


class TestWatchCalls:
    def test_stands_around_each_call(self) -> None:
        seen: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

        @exposed
        def add(one: int, *, other: int) -> int:
            return one + other

        def watch(entry: ExposedFunction, call: partial[Any]) -> Any:
            seen.append((entry.name, call.args, call.keywords))
            return call() * 10

        with watch_calls(watch):
            watched = add(1, other=2)
        unwatched = add(1, other=2)

        assert (watched, unwatched) == (30, 3)
        assert seen == [("add", (1,), {"other": 2})]

    def test_gives_way_to_the_watcher_before(self) -> None:
        @exposed
        def get() -> str:
            return "function"

        with watch_calls(lambda _entry, _call: "outer"):
            with watch_calls(lambda _entry, _call: "inner"):
                inner = get()
            outer = get()

        assert (inner, outer, get()) == ("inner", "outer", "function")


class TestPublishes:
    def test_copies_nested_dataclasses(self) -> None:
        to_info = publishes(Line, LineInfo)

        assert to_info(LINE) == LINE_INFO

    def test_copies_a_missing_value(self) -> None:
        to_info = publishes(Line, LineInfo)

        assert to_info(Line(sku=Sku("b"), kind=Kind.GOODS)) == LineInfo(
            sku="b", kind=Kind.GOODS, parts=(), spare=None
        )

    def test_reads_computed_properties(self) -> None:
        @dataclass(frozen=True)
        class Info:
            size: int
            first: LineInfo | None

        order = Order(number="1", lines=[LINE])

        assert publishes(Order, Info)(order) == Info(1, LINE_INFO)

    def test_turns_an_enum_into_its_value_where_asked(self) -> None:
        @dataclass(frozen=True)
        class Info:
            kind: str | None

        to_info = publishes(Order, Info)

        assert to_info(Order(number="1", lines=[], kind=Kind.WORK)) == Info("work")
        assert to_info(Order(number="1", lines=[])) == Info(None)

    def test_copies_collections(self) -> None:
        @dataclass(frozen=True)
        class Info:
            lines: Sequence[LineInfo]
            tags: AbstractSet[str]
            notes: Mapping[str, PartInfo]

        order = Order(number="1", lines=[LINE], tags={"new"}, notes={"a": Part(name="b")})
        info = publishes(Order, Info)(order)
        order.lines.clear()
        order.tags.clear()
        order.notes.clear()

        assert info == Info((LINE_INFO,), frozenset({"new"}), {"a": PartInfo(name="b")})

    def test_takes_extras_from_the_whole(self) -> None:
        @dataclass(frozen=True)
        class Info:
            number: str
            skus: tuple[str, ...]

        to_info = publishes(Order, Info, skus=lambda order: tuple(line.sku for line in order.lines))

        assert to_info(Order(number="1", lines=[LINE])) == Info("1", ("a",))

    def test_looks_through_what_wraps_a_type(self) -> None:
        @dataclass(frozen=True)
        class Info:
            number: Annotated[str, "as printed"]
            way: str

        assert publishes(Order, Info)(Order(number="1", lines=[])) == Info("1", "sea")

    def test_copies_a_tree(self) -> None:
        to_info = publishes(Order, TreeInfo)

        tree = to_info(Order(number="1", lines=[], parent=Order(number="0", lines=[])))

        assert tree == TreeInfo(number="1", parent=TreeInfo(number="0", parent=None))

    def test_tells_what_is_wrong_when_called(self) -> None:
        @dataclass(frozen=True)
        class Info:
            number: int
            colour: str

        to_info = publishes(Order, Info)

        with pytest.raises(PublishingError) as caught:
            to_info(Order(number="1", lines=[]))

        assert str(caught.value) == (
            "publishes(Order, Info) can't copy. "
            "Info.number is int, but Order.number is str. "
            "Give both the same type, or give an extra: number=lambda order: ... "
            "Info.colour has no counterpart: Order has "
            "first, kind, lines, notes, number, parent, size, tags, way. "
            "Name it as it is called there, or give an extra: colour=lambda order: ..."
        )


@dataclass(frozen=True, kw_only=True)
class TreeInfo:
    number: str
    parent: TreeInfo | None
