"""What type checkers refuse of transactions; a line that must be refused ends in its mark."""

from __future__ import annotations

from bulkhead.transactions import on_commit, transactional


@transactional
def bare(*, count: int) -> str:
    return str(count)


def misuses() -> None:
    bare(count="one")  # refused
    bare(1)  # refused
    bare(count=1).real  # refused
    transactional("stock", retry=3)  # refused
    on_commit(bare)  # refused
