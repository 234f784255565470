from __future__ import annotations

import pytest
from django.db import connections, transaction

from bulkhead.components import get_component
from bulkhead.testing.commits import capture_on_commit
from bulkhead.transactions import on_commit, transactional


@pytest.fixture
def called() -> list[str]:
    return []


@pytest.mark.component("stock")
class TestCaptureOnCommit:
    def test_captures_on_every_database_and_calls_nothing(self, called: list[str]) -> None:
        with capture_on_commit() as callbacks:
            transaction.on_commit(lambda: called.append("default"))
            with transactional("stock"):
                on_commit(lambda: called.append("stock"))

        assert len(callbacks) == 2
        assert called == []

    def test_calls_them_where_asked(self, called: list[str]) -> None:
        with capture_on_commit(execute=True):
            with transactional("stock"):
                on_commit(lambda: called.append("stock"))
            transaction.on_commit(lambda: called.append("default"))
            assert called == []

        assert sorted(called) == ["default", "stock"]

    def test_calls_what_a_callback_adds_on_another_database(self, called: list[str]) -> None:
        def go_on() -> None:
            called.append("first")
            transaction.on_commit(lambda: called.append("second"))

        with capture_on_commit(execute=True) as callbacks:
            connections[get_component("stock").database_alias].on_commit(go_on)

        assert called == ["first", "second"]
        assert len(callbacks) == 2

    def test_leaves_out_what_was_there_before(self, called: list[str]) -> None:
        transaction.on_commit(lambda: called.append("before"))

        with capture_on_commit(execute=True) as callbacks:
            pass

        assert callbacks == []
        assert called == []

    def test_leaves_out_what_was_rolled_back(self, called: list[str]) -> None:
        def roll_back() -> None:
            with transactional("stock"):
                on_commit(lambda: called.append("lost"))
                raise ZeroDivisionError

        with capture_on_commit(execute=True) as callbacks, pytest.raises(ZeroDivisionError):
            roll_back()

        assert callbacks == []
        assert called == []

    def test_raises_the_error_of_a_callback(self) -> None:
        with pytest.raises(ZeroDivisionError), capture_on_commit(execute=True):
            transaction.on_commit(lambda: 1 // 0)

    def test_logs_the_error_of_a_robust_callback(self, caplog: pytest.LogCaptureFixture) -> None:
        def divide() -> None:
            raise ZeroDivisionError

        with capture_on_commit(execute=True):
            transaction.on_commit(divide, robust=True)

        [record] = caplog.records
        assert record.getMessage() == (
            f"{divide.__qualname__} failed, called by on_commit() with robust=True."
        )

    def test_calls_nothing_where_the_block_fails(self, called: list[str]) -> None:
        def fail_at_last() -> None:
            with capture_on_commit(execute=True):
                transaction.on_commit(lambda: called.append("default"))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail_at_last()

        assert called == []


class TestFixture:
    def test_is_the_function(self, capture_on_commit: object) -> None:
        assert capture_on_commit is THE_FUNCTION


THE_FUNCTION = capture_on_commit
