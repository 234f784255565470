"""What type checkers accept of transactions."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_type

from bulkhead.transactions import on_commit, transactional


@transactional
def bare(*, count: int) -> str:
    return str(count)


@transactional(retry=3, alongside=("stock",), reason="moved together")
def configured(name: str, count: int = 1) -> list[str]:
    return [name] * count


def calls() -> None:
    assert_type(bare(count=1), str)
    assert_type(configured("a", count=2), list[str])
    with transactional("stock") as unit:
        assert_type(unit.label, str)
    callback: Callable[[], object] = list
    on_commit(callback)
