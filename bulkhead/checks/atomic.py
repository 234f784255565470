"""Checks of transactions that name no database: E022, E023, and W022, W023 while it is right."""

from __future__ import annotations

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name
from django.db import DEFAULT_DB_ALIAS

from bulkhead.checks.sources import ReadFile, files_of_components
from bulkhead.checks.subjects import check
from bulkhead.components import get_component
from bulkhead.crossings.places import Kind
from bulkhead.crossings.reading.transactions import PlainTransaction

_WAYS_OUT = {
    "atomic": "Use bulkhead.transactions.transactional, or name the database by `using`.",
    "on_commit": "Use bulkhead.transactions.on_commit, or name the database by `using`.",
}
_WARNINGS = {"atomic": "bulkhead.W022", "on_commit": "bulkhead.W023"}
_ERRORS = {"atomic": "bulkhead.E022", "on_commit": "bulkhead.E023"}


@check
def check_plain_transactions(**_: object) -> list[CheckMessage]:
    """Find `atomic` and `on_commit` without a database in components, their tests aside."""
    return [
        _message(file, use)
        for file in files_of_components()
        if file.place.kind is not Kind.TESTS
        for use in file.facts.plain_transactions
    ]


def _message(file: ReadFile, use: PlainTransaction) -> CheckMessage:
    component = str(file.place.component)
    means = f"Django's {use.function} without `using` means the database {DEFAULT_DB_ALIAS!r}"
    hint, obj = _WAYS_OUT[use.function], f"{file.name}:{use.line}"
    if (alias := get_component(component).database_alias) == DEFAULT_DB_ALIAS:
        what = f"{means}. It works only while {component} lives there."
        return Warning(what, hint=hint, obj=obj, id=_WARNINGS[use.function])
    what = f"{means}, and {component} lives in {alias!r}."
    return Error(what, hint=hint, obj=obj, id=_ERRORS[use.function])
