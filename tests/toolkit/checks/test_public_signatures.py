"""What `manage.py check` says of the signatures of exposed functions."""

from __future__ import annotations

import pytest
from django.core.checks import Error

from tests.toolkit.shop import Shop


class TestSignatures:
    @pytest.mark.parametrize(
        "annotation",
        [
            "None",
            "int | None",
            "list[Order_]",
            "tuple[LineInfo, ...]",
            "dict[UUID, Decimal]",
            "Mapping[str, Sequence[date]]",
            "Status",
            'Literal["asc", "desc"]',
            "Annotated[str, 'a number']",
            "OrderId",
            "Lines",
            "Page[LineInfo]",
            "LinePage",
            "Sent",
            "Point",
            "Options",
            "tuple[()]",
            "Tree",
        ],
    )
    def test_allow_plain_data(self, shop: Shop, annotation: str) -> None:
        shop.offers(
            f"""
            from __future__ import annotations
            from collections.abc import Mapping, Sequence
            from dataclasses import dataclass
            from datetime import date
            from decimal import Decimal
            from typing import Annotated, Generic, Literal, NamedTuple, NewType, TypedDict, TypeVar
            from uuid import UUID
            from pydantic import BaseModel
            from bulkhead.exposed import exposed
            from shop.domain import LineInfo, OrderInfo as Order_, Status

            T = TypeVar("T")
            OrderId = NewType("OrderId", UUID)
            Lines = list[LineInfo]

            @dataclass(frozen=True)
            class Page(Generic[T]):
                items: tuple[T, ...]

            @dataclass(frozen=True)
            class LinePage(Page[LineInfo]):
                size: int

            class Sent(BaseModel):
                line: LineInfo

            class Point(NamedTuple):
                x: int

            class Options(TypedDict, total=False):
                point: Point

            @dataclass(frozen=True)
            class Tree:
                branches: tuple[Tree, ...]

            @exposed
            def trade(*, given: {annotation}) -> {annotation}:
                return given
            """,
            imports="",
        )

        assert shop.check() == []

    @pytest.mark.parametrize(
        ("annotation", "found", "hint"),
        [
            (
                "Order",
                "Order is a dataclass that is not frozen, which its owner may change.",
                "Use a frozen dataclass instead: publishes(Order, ...) fills one.",
            ),
            (
                "dict[str, list[Order] | None]",
                "Order is a dataclass that is not frozen, which its owner may change.",
                "Use a frozen dataclass instead: publishes(Order, ...) fills one.",
            ),
            (
                "User",
                "User is a Django model.",
                "Use a frozen dataclass instead, made by publishes() or read_as(), or its id.",
            ),
            (
                "QuerySet",
                "QuerySet is a queryset.",
                "Return a tuple of frozen dataclasses, such as read_as() gives.",
            ),
            (
                "HttpRequest",
                "HttpRequest is a part of an HTTP exchange.",
                "Read what is needed from it outside, and pass that.",
            ),
            ("Any", "Any is anything at all.", "Name the type."),
            ("object", "object is anything at all.", "Name the type."),
            (
                "Callable[[int], int]",
                "Callable[[int], int] is code, which can't leave this process.",
                "Pass plain data that says what is to be done.",
            ),
            (
                "type[Order]",
                "type[Order] is code, which can't leave this process.",
                "Pass plain data that says what is to be done.",
            ),
            (
                "Iterator[int]",
                "Iterator[int] is made one at a time, by code that can't leave this process.",
                "Return a tuple of frozen dataclasses, such as read_as() gives.",
            ),
            ("list", "list is a container that does not say what it holds.", "Write list[...]."),
            (
                "Plain",
                "Plain is no plain data.",
                (
                    "Plain data is: builtins, enums, dates, UUID, Decimal, frozen dataclasses, "
                    "pydantic models, and containers of these."
                ),
            ),
            ("T", "T is any type at all.", "Bind it to plain data: TypeVar(..., bound=...)."),
            (
                "Holder",
                "Holder.user: User is a Django model.",
                "Use a frozen dataclass instead, made by publishes() or read_as(), or its id.",
            ),
            (
                "Page[Order]",
                "Page.items: Order is a dataclass that is not frozen, which its owner may change.",
                "Use a frozen dataclass instead: publishes(Order, ...) fills one.",
            ),
            (
                "Sent",
                "Sent.order: Order is a dataclass that is not frozen, which its owner may change.",
                "Use a frozen dataclass instead: publishes(Order, ...) fills one.",
            ),
        ],
    )
    def test_e050_names_what_is_no_plain_data(
        self, shop: Shop, annotation: str, found: str, hint: str
    ) -> None:
        shop.offers(
            f"""
            from __future__ import annotations
            from collections.abc import Callable, Iterator
            from dataclasses import dataclass
            from typing import Any, Generic, TypeVar
            from django.contrib.auth.models import User
            from django.db.models import QuerySet
            from django.http import HttpRequest
            from pydantic import BaseModel
            from bulkhead.exposed import exposed
            from shop.domain import Order

            T = TypeVar("T")

            class Plain:
                pass

            @dataclass(frozen=True)
            class Holder:
                user: User

            @dataclass(frozen=True)
            class Page(Generic[T]):
                items: tuple[T, ...]

            class Sent(BaseModel):
                order: Order

            @exposed
            def get_it() -> {annotation}: ...
            """,
            imports="",
        )

        assert shop.check() == [
            Error(
                f"shop.public.get_it returns {annotation}, but {found}",
                hint=hint,
                obj="shop",
                id="bulkhead.E050",
            )
        ]

    def test_e050_names_the_parameter(self, shop: Shop) -> None:
        shop.offers(
            """
            @exposed
            def close(*orders: Order, **named: Order) -> None: ...
            """
        )

        assert [message.msg for message in shop.check()] == [
            f"shop.public.close takes {parameter}: Order, but Order is a dataclass that is not "
            f"frozen, which its owner may change."
            for parameter in ("orders", "named")
        ]

    def test_allow_an_iterable_to_be_taken_but_not_returned(self, shop: Shop) -> None:
        shop.offers(
            """
            from collections.abc import Iterable

            @exposed
            def close(*, numbers: Iterable[str]) -> Iterable[str]: ...
            """
        )

        [error] = shop.check()

        assert error.msg == (
            "shop.public.close returns Iterable[str], but Iterable[str] is made one at a time, "
            "by code that can't leave this process."
        )

    def test_look_behind_another_decorator(self, shop: Shop) -> None:
        shop.offers(
            """
            from bulkhead.transactions import transactional

            @exposed
            @transactional
            def close(*, order: "Order") -> None: ...
            """
        )

        [error] = shop.check()

        assert error.id == "bulkhead.E050"

    def test_e051_names_what_has_no_annotation(self, shop: Shop) -> None:
        shop.offers(
            """
            @exposed
            def close(number, *args, note: str = ""): ...
            """
        )

        assert shop.check() == [
            Error(
                f"shop.public.close does not say {what}.",
                hint="Annotate it with plain data.",
                obj="shop",
                id="bulkhead.E051",
            )
            for what in ("what number is", "what args is", "what it returns")
        ]

    def test_e052_names_what_only_a_type_checker_can_see(self, shop: Shop) -> None:
        shop.offers(
            """
            from __future__ import annotations
            from typing import TYPE_CHECKING
            from bulkhead.exposed import exposed

            if TYPE_CHECKING:
                from shop.domain import OrderInfo

            @exposed
            def get_order(*, number: str) -> OrderInfo: ...
            """,
            imports="",
        )

        assert shop.check() == [
            Error(
                "shop.public.get_order returns OrderInfo, but OrderInfo is imported under "
                "TYPE_CHECKING: it is not there at run time.",
                hint="Import OrderInfo in shop.public outside `if TYPE_CHECKING`.",
                obj="shop",
                id="bulkhead.E052",
            )
        ]

    def test_e052_looks_into_the_modules_of_published_classes(self, shop: Shop) -> None:
        shop.write(
            "published.py",
            """
            from __future__ import annotations
            from dataclasses import dataclass
            from typing import TYPE_CHECKING

            if TYPE_CHECKING:
                from shop.domain import LineInfo

            @dataclass(frozen=True)
            class BasketInfo:
                lines: tuple[LineInfo, ...]
            """,
        )
        shop.offers(
            """
            from shop.published import BasketInfo

            @exposed
            def get_basket() -> BasketInfo: ...
            """
        )

        assert shop.check() == [
            Error(
                "shop.public.get_basket returns BasketInfo, with the fields of BasketInfo, but "
                "LineInfo is imported under TYPE_CHECKING: it is not there at run time.",
                hint="Import LineInfo in shop.published outside `if TYPE_CHECKING`.",
                obj="shop",
                id="bulkhead.E052",
            )
        ]

    def test_e052_names_what_is_not_there_at_all(self, shop: Shop) -> None:
        shop.offers(
            """
            @exposed
            def get_order() -> "Ordre": ...
            """
        )

        assert shop.check() == [
            Error(
                "shop.public.get_order returns Ordre, but shop.public has no Ordre.",
                hint="Correct the name, or import it.",
                obj="shop",
                id="bulkhead.E052",
            )
        ]

    def test_e052_reports_an_annotation_that_is_no_type(self, shop: Shop) -> None:
        shop.offers(
            """
            @exposed
            def get_order() -> "Order.Line": ...
            """
        )

        assert shop.check() == [
            Error(
                "shop.public.get_order returns Line, which can't be read: "
                "type object 'Order' has no attribute 'Line'.",
                hint="Correct the annotation.",
                obj="shop",
                id="bulkhead.E052",
            )
        ]
