"""Checks of transactions that name no database: E022 and E023."""

from __future__ import annotations

from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS

from bulkhead.checks.sources import ReadFile, files_of_components
from bulkhead.checks.subjects import check
from bulkhead.crossings.places import Kind
from bulkhead.crossings.transacting import PlainTransaction

_WAYS_OUT = {
    "atomic": "Use bulkhead.transactions.transactional, or name the database by `using`.",
    "on_commit": "Use bulkhead.transactions.on_commit, or name the database by `using`.",
}
_IDS = {"atomic": "bulkhead.E022", "on_commit": "bulkhead.E023"}


@check
def check_plain_transactions(**_: object) -> list[CheckMessage]:
    """Find `atomic` and `on_commit` without a database in components, their tests aside."""
    return [
        _message(file, use)
        for file in files_of_components()
        if file.place.kind is not Kind.TESTS
        for use in file.facts.plain_transactions
    ]


def _message(file: ReadFile, use: PlainTransaction) -> Error:
    return Error(
        f"Django's {use.function} without `using` means the database {DEFAULT_DB_ALIAS!r}, "
        f"wherever {file.place.component} lives.",
        hint=_WAYS_OUT[use.function],
        obj=f"{file.name}:{use.line}",
        id=_IDS[use.function],
    )
