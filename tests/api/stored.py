"""What the tables of the components hold, and what has changed in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

LABELS = ("budgeting", "contracting", "invoicing")

Rows = dict[str, dict[Any, dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A column that holds another value than before, or a row that came or went."""

    table: str
    column: str
    value: object


def models() -> list[type[Model]]:
    """Return the rows of every component."""
    return [model for label in LABELS for model in apps.get_app_config(label).get_models()]


def stored() -> Rows:
    """Return every row of every component, by table and key."""
    return {model._meta.label: {row["pk"]: row for row in _rows(model)} for model in models()}


def changes(before: Rows, after: Rows) -> set[Change]:
    """Return what has changed, without the keys and numbers that are new each time."""
    return {
        change
        for table, rows in after.items()
        for key in {*rows, *before[table]}
        for change in _changes(table, before[table].get(key), rows.get(key))
    }


def _rows(model: type[Model]) -> Iterator[dict[str, Any]]:
    for row in model._default_manager.order_by("pk").values():
        yield {"pk": row[model._meta.pk.attname], **row}


def _changes(
    table: str, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> Iterator[Change]:
    if before is None or after is None:
        yield Change(table=table, column="", value=before is None)
    for column, value in (after or {}).items():
        if value != (before or {}).get(column) and not _is_new_each_time(table, column):
            yield Change(table=table, column=column, value=value)


def _is_new_each_time(table: str, column: str) -> bool:
    if column == "pk":
        return True
    field: Field[Any, Any] = apps.get_model(table)._meta.get_field(column)
    return field.primary_key or field.is_relation or column.endswith("_id") or column == "number"
