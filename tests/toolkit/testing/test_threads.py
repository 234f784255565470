from __future__ import annotations

from threading import Barrier, current_thread

import pytest
from django.contrib.auth.models import Group
from django.db import connections

from bulkhead.testing.threads import TransactionAroundThreadsError, run_in_threads


@pytest.mark.component("stock")
@pytest.mark.django_db(transaction=True)
class TestRunInThreads:
    def test_returns_the_results_in_the_order_of_the_arguments(self) -> None:
        results = run_in_threads(lambda number: number**2, range(20), threads=3)

        assert results == [number**2 for number in range(20)]

    def test_runs_at_the_same_time(self) -> None:
        meeting = Barrier(4)

        places = run_in_threads(lambda _: meeting.wait(timeout=10), range(4), threads=4)

        assert sorted(places) == [0, 1, 2, 3]

    def test_writes_what_the_test_reads(self) -> None:
        run_in_threads(lambda number: Group.objects.create(name=str(number)), range(12))

        assert Group.objects.count() == 12

    def test_closes_the_connections_of_its_threads(self) -> None:
        def connect(_: int) -> object:
            Group.objects.count()
            return connections["default"]

        opened = run_in_threads(connect, range(3), threads=2)

        assert [getattr(each, "connection", "?") for each in opened] == [None, None, None]
        assert connections["default"] not in opened

    def test_raises_the_first_error_when_all_have_ended(self) -> None:
        done: list[int] = []

        def divide(number: int) -> None:
            done.append(number)
            if number in {3, 5}:
                raise ValueError(number)

        with pytest.raises(ValueError, match="3"):
            run_in_threads(divide, range(8), threads=2)

        assert sorted(done) == list(range(8))

    def test_works_in_other_threads(self) -> None:
        [other] = run_in_threads(lambda _: current_thread(), [1])

        assert other is not current_thread()


class TestRefusal:
    @pytest.mark.django_db
    def test_names_the_open_transactions(self) -> None:
        with pytest.raises(TransactionAroundThreadsError) as raised:
            run_in_threads(str, [1])

        assert str(raised.value) == (
            "run_in_threads() was called with an open transaction on: default. Other threads "
            "don't see its rows, and may wait for it for ever. "
            "Mark the test @pytest.mark.django_db(transaction=True)."
        )

    def test_names_a_number_of_threads_that_would_never_end(self) -> None:
        with pytest.raises(ValueError, match="threads=0") as raised:
            run_in_threads(str, [1], threads=0)

        assert str(raised.value) == (
            "run_in_threads() was called with threads=0. Let it have one or more."
        )


class TestFixture:
    def test_is_the_function(self, run_in_threads: object) -> None:
        assert run_in_threads is THE_FUNCTION


THE_FUNCTION = run_in_threads
