"""What `manage.py check` says of what a component offers and publishes."""

from __future__ import annotations

import pytest
from django.core.checks import Error

from tests.toolkit.shop import Shop


class TestWhatIsOffered:
    def test_e053_names_a_function_that_is_not_exposed(self, shop: Shop) -> None:
        shop.write("service.py", "def close_all() -> None: ...")
        shop.offers(
            """
            from shop.service import close_all

            def get_count() -> int: ...
            """
        )

        hint = (
            "Put @exposed above it, or import its module instead of the function, "
            "or let its name begin with an underscore."
        )
        assert shop.check() == [
            Error(
                "shop.public.get_count can be called through shop.public, but is not exposed.",
                hint=hint,
                obj="shop",
                id="bulkhead.E053",
            ),
            Error(
                "shop.service.close_all can be called through shop.public, but is not exposed.",
                hint=hint,
                obj="shop",
                id="bulkhead.E053",
            ),
        ]

    def test_allows_private_functions_and_those_of_others(self, shop: Shop) -> None:
        shop.offers(
            """
            from textwrap import dedent
            from bulkhead.transactions import transactional

            def _count() -> int: ...

            @transactional
            @exposed
            def get_count() -> int: ...
            """
        )

        assert shop.check() == []

    def test_e054_names_an_error_that_is_not_re_exported(self, shop: Shop) -> None:
        shop.offers(
            """
            from shop import domain

            @exposed(raises=(domain.OrderClosedError,))
            def close() -> None: ...
            """,
            imports="from bulkhead.exposed import exposed",
        )

        assert shop.check() == [
            Error(
                "shop.public.close may raise OrderClosedError, which shop.public does not "
                "re-export: no caller can name it.",
                hint="Import it in shop.public: from shop.domain import OrderClosedError.",
                obj="shop",
                id="bulkhead.E054",
            )
        ]

    @pytest.mark.parametrize("error", ["ValueError", "decimal.InvalidOperation"])
    def test_e054_asks_for_an_error_of_the_component_itself(self, shop: Shop, error: str) -> None:
        shop.offers(
            f"""
            import decimal

            @exposed(raises=({error},))
            def close() -> None: ...
            """
        )

        [found] = shop.check()

        name = error.rpartition(".")[2]
        assert found == Error(
            f"shop.public.close may raise {name}, which shop.public does not re-export: no caller "
            f"can name it.",
            hint="It is no error of shop: define one in its domain, raise that one instead, and "
            "import it in shop.public.",
            obj="shop",
            id="bulkhead.E054",
        )

    def test_allows_an_error_that_is_re_exported(self, shop: Shop) -> None:
        shop.offers(
            """
            @exposed(raises=(OrderClosedError,))
            def close() -> None: ...
            """
        )

        assert shop.check() == []

    def test_e055_names_an_exposed_function_outside_public(self, shop: Shop) -> None:
        shop.write(
            "service.py",
            """
            from bulkhead.exposed import exposed

            @exposed
            def close() -> None: ...
            """,
        )
        shop.offers("from shop import service")

        assert shop.check() == [
            Error(
                "shop.service.close bears @exposed, but stands outside shop.public: "
                "no other component may import it.",
                hint="Write a function in shop.public that calls it, and put @exposed on that one.",
                obj="shop",
                id="bulkhead.E055",
            )
        ]

    def test_e056_names_an_exposed_function_that_public_does_not_import(self, shop: Shop) -> None:
        shop.write(
            "public/orders.py",
            """
            from bulkhead.exposed import exposed

            @exposed
            def close() -> None: ...
            """,
        )
        shop.offers("")

        assert shop.check() == [
            Error(
                "shop.public.orders.close bears @exposed, but is not to be found in shop.public "
                "itself.",
                hint="Import it in shop.public: from shop.public.orders import close.",
                obj="shop",
                id="bulkhead.E056",
            )
        ]

    def test_allows_an_exposed_function_that_public_imports(self, shop: Shop) -> None:
        shop.write(
            "public/orders.py",
            """
            from bulkhead.exposed import exposed

            @exposed
            def close() -> None: ...
            """,
        )
        shop.offers("from .orders import close")

        assert shop.check() == []

    def test_allows_a_component_without_a_public(self, shop: Shop) -> None:
        assert shop.check() == []


class TestPublishers:
    def test_allow_same_named_fields_and_extras(self, shop: Shop) -> None:
        shop.offers(
            """
            to_info = publishes(Order, OrderInfo)
            to_line_info = publishes(Line, LineInfo, sku=lambda line: line.sku.upper())
            """
        )

        assert shop.check() == []

    def test_e057_names_a_target_that_is_not_frozen(self, shop: Shop) -> None:
        shop.offers("to_line = publishes(LineInfo, Line)")

        assert shop.check() == [
            Error(
                "shop.public.to_line = publishes(LineInfo, Line) can't copy. "
                "Line is no frozen dataclass: whoever gets one could change it.",
                hint="Write @dataclass(frozen=True, slots=True, kw_only=True) above it.",
                obj="shop",
                id="bulkhead.E057",
            )
        ]

    def test_e057_names_a_source_that_is_no_dataclass(self, shop: Shop) -> None:
        shop.offers("to_line = publishes(str, LineInfo)")

        assert shop.check() == [
            Error(
                "shop.public.to_line = publishes(str, LineInfo) can't copy. "
                "str is no dataclass, so its fields can't be read.",
                hint="Copy from a dataclass of the domain, or write a function that makes the "
                "copy.",
                obj="shop",
                id="bulkhead.E057",
            )
        ]

    def test_e058_names_a_field_that_the_source_lacks(self, shop: Shop) -> None:
        shop.offers("to_info = publishes(Line, OrderInfo, lines=list, total=list, status=str)")

        assert shop.check() == [
            Error(
                "shop.public.to_info = publishes(Line, OrderInfo) can't copy. "
                "OrderInfo.number has no counterpart: Line has sku.",
                hint="Name it as it is called there, or give an extra: number=lambda line: ...",
                obj="shop",
                id="bulkhead.E058",
            )
        ]

    @pytest.mark.parametrize(
        ("field", "text", "hint"),
        [
            (
                "total: int",
                "OtherInfo.total is int, but Order.total is Decimal.",
                "Give both the same type, or give an extra: total=lambda order: ...",
            ),
            (
                "note: str",
                "OtherInfo.note is str, but Order.note is str | None.",
                "Give both the same type, or give an extra: note=lambda order: ...",
            ),
            (
                "lines: frozenset[LineInfo]",
                "OtherInfo.lines is frozenset[LineInfo], but Order.lines is list[Line].",
                "Give both the same type, or give an extra: lines=lambda order: ...",
            ),
            (
                "lines: tuple[OtherLine, ...]",
                "OtherLine.size has no counterpart: Line has sku.",
                "Name it as it is called there, or give an extra: size=lambda line: ...",
            ),
            (
                "weight: int",
                "The property Order.weight does not say what it returns.",
                "Annotate it: def weight(self) -> int.",
            ),
            (
                "note: 'Text'",
                (
                    "The type of OtherInfo.note or Order.note can't be read: "
                    "name 'Text' is not defined."
                ),
                "Import what the annotations name at run time too, outside `if TYPE_CHECKING`.",
            ),
        ],
    )
    def test_e058_names_a_field_of_another_type(
        self, shop: Shop, field: str, text: str, hint: str
    ) -> None:
        shop.offers(
            f"""
            from dataclasses import dataclass

            @dataclass(frozen=True)
            class OtherLine:
                size: int

            @dataclass(frozen=True)
            class OtherInfo:
                {field}

            to_info = publishes(Order, OtherInfo)
            """
        )

        assert shop.check() == [
            Error(
                f"shop.public.to_info = publishes(Order, OtherInfo) can't copy. {text}",
                hint=hint,
                obj="shop",
                id="bulkhead.E058",
            )
        ]

    def test_e059_names_an_extra_that_is_no_field(self, shop: Shop) -> None:
        shop.offers("to_info = publishes(Order, OrderInfo, wieght=lambda order: 1)")

        assert shop.check() == [
            Error(
                "shop.public.to_info = publishes(Order, OrderInfo) can't copy. "
                "OrderInfo has no field wieght. Its fields are: lines, number, status, total.",
                hint="Correct the name, or drop the extra.",
                obj="shop",
                id="bulkhead.E059",
            )
        ]
