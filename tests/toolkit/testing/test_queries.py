from __future__ import annotations

import pytest
from django.core.signals import request_started
from django.db import connections
from django.test.utils import CaptureQueriesContext

from bulkhead.components import get_component
from bulkhead.testing.queries import assert_max_queries, assert_queries, capture_queries
from tests.layouts import chosen_layout


def ask(alias: str, number: int) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT {number}")


@pytest.fixture
def stock() -> str:
    return get_component("stock").database_alias


@pytest.mark.component("stock")
class TestCaptureQueries:
    def test_tells_the_databases_apart(self, stock: str) -> None:
        with capture_queries() as captured:
            ask("default", 1)
            ask(stock, 2)
            ask("default", 3)

        assert len(captured) == 3
        if chosen_layout().endswith("single"):
            assert captured.by_database["default"] == ["SELECT 1", "SELECT 2", "SELECT 3"]
        else:
            assert captured.by_database["default"] == ["SELECT 1", "SELECT 3"]
            assert captured.by_database[stock] == ["SELECT 2"]

    def test_opens_no_connection_that_the_test_may_not_use(self) -> None:
        with capture_queries() as captured:
            pass

        assert set(captured.by_database) == set(connections)
        assert len(captured) == 0

    def test_looks_at_the_databases_named_alone(self) -> None:
        with capture_queries(using=()) as captured:
            ask("default", 1)

        assert captured.by_database == {}

    def test_goes_on_past_the_length_of_djangos_log(self) -> None:
        longest = connections["default"].queries_log.maxlen
        assert longest is not None

        with capture_queries() as captured:
            for number in range(longest + 1):
                ask("default", number)

        assert len(captured) == longest + 1

    def test_counts_what_django_counts_inside_and_around_it(self) -> None:
        with CaptureQueriesContext(connections["default"]) as around:
            ask("default", 1)
            with capture_queries() as captured:
                ask("default", 2)
                with CaptureQueriesContext(connections["default"]) as inside:
                    ask("default", 3)
                ask("default", 4)

        assert [len(around), len(captured), len(inside)] == [4, 3, 1]

    def test_survives_a_request_of_the_test_client(self) -> None:
        with capture_queries() as captured:
            ask("default", 1)
            request_started.send(sender=None)

        assert len(captured) == 1

    def test_leaves_the_connection_as_it_was(self) -> None:
        forced = connections["default"].force_debug_cursor

        with pytest.raises(ZeroDivisionError), capture_queries():
            raise ZeroDivisionError

        assert connections["default"].force_debug_cursor is forced
        assert connections["default"].queries_log.maxlen is not None


@pytest.mark.component("stock")
class TestAssertQueries:
    def test_passes_where_the_count_is_right(self, stock: str) -> None:
        with assert_queries(2) as captured:
            ask("default", 1)
            ask(stock, 2)

        assert len(captured) == 2

    @pytest.mark.parametrize("count", [1, 3])
    def test_lists_the_queries_of_each_database(self, stock: str, count: int) -> None:
        def ask_both() -> None:
            ask("default", 1)
            ask(stock, 2)

        with pytest.raises(AssertionError) as raised, assert_queries(count):
            ask_both()

        together = "default (2):\n  1. SELECT 1\n  2. SELECT 2"
        apart = f"default (1):\n  1. SELECT 1\n\n{stock} (1):\n  1. SELECT 2"
        listing = together if chosen_layout().endswith("single") else apart
        assert str(raised.value) == f"{count} queries expected, 2 executed.\n\n{listing}"

    def test_lists_nothing_where_there_is_none(self) -> None:
        with pytest.raises(AssertionError) as raised, assert_queries(1):
            pass

        assert str(raised.value) == "1 queries expected, 0 executed."

    def test_lets_an_error_of_the_block_pass(self) -> None:
        with pytest.raises(ZeroDivisionError), assert_queries(1):
            raise ZeroDivisionError


@pytest.mark.component("stock")
class TestAssertMaxQueries:
    @pytest.mark.parametrize("count", [1, 2])
    def test_passes_up_to_the_count(self, count: int) -> None:
        with assert_max_queries(count) as captured:
            ask("default", 1)

        assert len(captured) == 1

    def test_lists_the_queries_beyond_it(self) -> None:
        with pytest.raises(AssertionError) as raised, assert_max_queries(0):
            ask("default", 1)

        assert str(raised.value) == (
            "At most 0 queries expected, 1 executed.\n\ndefault (1):\n  1. SELECT 1"
        )


class TestFixtures:
    def test_are_the_functions(
        self, assert_queries: object, assert_max_queries: object, capture_queries: object
    ) -> None:
        given = [assert_queries, assert_max_queries, capture_queries]

        assert given == [THE_ASSERT_QUERIES, THE_ASSERT_MAX_QUERIES, THE_CAPTURE_QUERIES]


THE_ASSERT_QUERIES = assert_queries
THE_ASSERT_MAX_QUERIES = assert_max_queries
THE_CAPTURE_QUERIES = capture_queries
