"""Runs a function in several threads at once, each with connections of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Barrier, Thread
from typing import Protocol, TypeVar

from django.db import connections

from bulkhead.errors import BulkheadError, listed

A = TypeVar("A")
R = TypeVar("R")


class TransactionAroundThreadsError(BulkheadError):
    """Threads can't work with what a test's transaction holds."""

    def __init__(self, aliases: Iterable[str]) -> None:
        super().__init__(
            f"run_in_threads() was called with an open transaction on: {listed(aliases)}. "
            f"Other threads don't see its rows, and may wait for it for ever. "
            f"Mark the test @pytest.mark.django_db(transaction=True)."
        )


class RunInThreads(Protocol):
    """The type of the fixture."""

    def __call__(
        self, function: Callable[[A], R], arguments: Iterable[A], /, *, threads: int = 8
    ) -> list[R]:
        """Call the function with each argument."""


def run_in_threads(
    function: Callable[[A], R], arguments: Iterable[A], /, *, threads: int = 8
) -> list[R]:
    """Return what the function returns for each argument, in their order.

    The threads begin together, each takes the next argument that is left, and each closes its
    connections at its end.
    When all have ended, the first error, in the order of the arguments, is raised.

    Raise TransactionAroundThreadsError where this thread has a transaction open.
    """
    _refuse_open_transactions()
    if threads < 1:
        msg = f"run_in_threads() was called with threads={threads}. Let it have one or more."
        raise ValueError(msg)
    waiting: SimpleQueue[tuple[A, Future[R]]] = SimpleQueue()
    futures: list[Future[R]] = []
    for argument in arguments:
        futures.append(Future())
        waiting.put((argument, futures[-1]))
    start = Barrier(threads)
    workers = [Thread(target=_work, args=(function, waiting, start)) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [future.result() for future in futures]


def _work(
    function: Callable[[A], R], waiting: SimpleQueue[tuple[A, Future[R]]], start: Barrier
) -> None:
    start.wait()
    try:
        while True:
            argument, future = waiting.get_nowait()
            _settle(future, function, argument)
    except Empty:
        return
    finally:
        connections.close_all()


def _settle(future: Future[R], function: Callable[[A], R], argument: A) -> None:
    try:
        future.set_result(function(argument))
    except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits
        future.set_exception(error)


def _refuse_open_transactions() -> None:
    aliases = [
        connection.alias
        for connection in connections.all(initialized_only=True)
        if connection.in_atomic_block
    ]
    if aliases:
        raise TransactionAroundThreadsError(aliases)
