"""Finds the ids that no row has any more, in portions: a table may have millions of rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import router
from django.db.models import Count

from bulkhead.errors import BulkheadError, listed
from bulkhead.references.fields import ReferenceField, installed_references
from bulkhead.references.providers import target_of

PORTION = 1000
"""How many ids are asked for at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DanglingId:
    """An id that no row has, and how many rows hold it."""

    id: Any
    rows: int


@dataclass(slots=True, kw_only=True)
class FieldFindings:
    """What is held in one column."""

    field: str
    reference: str
    ids: int = 0
    rows: int = 0
    dangling_ids: int = 0
    dangling_rows: int = 0
    dangling: list[DanglingId] | None = None
    """Each of them, where they were asked for."""

    def add(self, counted: dict[Any, int], missing: Iterable[DanglingId]) -> None:
        """Add a portion: the ids with their rows, and those of them that dangle."""
        self.ids += len(counted)
        self.rows += sum(counted.values())
        for one in missing:
            self.dangling_ids += 1
            self.dangling_rows += one.rows
            if self.dangling is not None:
                self.dangling.append(one)


class NoReferencesError(BulkheadError, LookupError):
    """No app of this label holds references."""

    def __init__(self, label: str, *, holders: Iterable[str]) -> None:
        super().__init__(
            f"No model of {label!r} has a ReferenceField. Apps with references: "
            f"{listed(holders)}. Correct the label, or leave it out to check them all."
        )


def check_references(
    labels: Collection[str] = (), *, keep: bool = False
) -> Iterator[FieldFindings]:
    """Yield what is found of each reference of these apps, or of all; `keep` lists the ids.

    Raise NoReferencesError for an app that holds none.
    """
    fields = list(installed_references())
    holders = {field.model._meta.app_label for field in fields}
    for label in labels:
        if label not in holders:
            raise NoReferencesError(label, holders=holders)
    return (
        _findings(field, keep=keep)
        for field in fields
        if not labels or field.model._meta.app_label in labels
    )


def _findings(field: ReferenceField[Any, Any], *, keep: bool) -> FieldFindings:
    found = FieldFindings(
        field=f"{field.model._meta.label}.{field.name}",
        reference=field.reference,
        dangling=[] if keep else None,
    )
    for counted in _portions(field):
        labels = target_of(field.reference).labels_of(list(counted))
        known = {str(key) for key in labels}
        missing = (key for key in counted if str(key) not in known)
        found.add(counted, (DanglingId(id=key, rows=counted[key]) for key in missing))
    return found


def _portions(field: ReferenceField[Any, Any]) -> Iterator[dict[Any, int]]:
    """Yield the ids of a column with the number of rows of each, grouped by the database."""
    name = field.attname
    rows = field.model._base_manager.using(router.db_for_write(field.model)).order_by()
    held = rows.exclude(**{f"{name}__isnull": True}).values_list(name).annotate(Count("pk"))
    found = held.iterator(chunk_size=PORTION)
    while portion := dict(islice(found, PORTION)):
        yield portion
