from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import pytest
from django.db import models
from django.db.models.signals import post_save
from django.test.utils import isolate_apps

from bulkhead.checks.repositories import messages_of
from bulkhead.repositories import DeclarationError, Repository, children, column, registry


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_by_row", {})
    with isolate_apps("tests.toolkit.yard.stock"):
        yield


class Mood(Enum):
    CALM = "calm"


def found(cls: type, row: type[models.Model], **body: object) -> list[tuple[str | None, str]]:
    generic: Any = Repository
    bases = {"__orig_bases__": (generic[cls, row],)}
    repository: Any = type("Stones", (Repository,), {**body, **bases})
    return [(message.id, message.msg) for message in messages_of(repository)]


class TestDeclarations:
    def test_one_that_fits_is_fine(self) -> None:
        class StoneRow(models.Model):
            mood = models.CharField(max_length=9, choices=[("calm", "calm")])

            class Meta:
                app_label = "stock"

        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            mood: Mood

        assert found(Stone, StoneRow) == []

    def test_names_each_field_and_column_that_does_not_fit(self) -> None:
        class StoneRow(models.Model):
            mood = models.CharField(max_length=9, choices=[("calm", "calm"), ("wild", "wild")])
            weight = models.IntegerField(null=True)
            extra = models.IntegerField()
            fine = models.IntegerField(default=0)

            class Meta:
                app_label = "stock"

        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            mood: Mood
            weight: int
            colour: str

        assert found(Stone, StoneRow, colours=column("fine")) == [
            (
                "bulkhead.E033",
                "Mood, the type of Stone.mood, lacks 'wild', which StoneRow.mood may hold.",
            ),
            ("bulkhead.E032", "StoneRow.weight may be null, but Stone.weight may not be None."),
            (
                "bulkhead.E030",
                "Stone.colour has no column 'colour' in StoneRow. "
                "Its columns: extra, fine, id, mood, weight.",
            ),
            (
                "bulkhead.E042",
                "Stones declares 'colours', which is no field of Stone. "
                "Its fields: colour, id, mood, weight.",
            ),
            (
                "bulkhead.E031",
                "StoneRow.extra has no field in Stone, and no default: "
                "a new row could not be stored.",
            ),
        ]

    def test_names_a_field_called_like_a_method_and_what_will_not_run(self) -> None:
        class StoneRow(models.Model):
            page = models.IntegerField()
            changed_at = models.DateTimeField(auto_now=True)

            class Meta:
                app_label = "stock"

        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            page: int
            changed_at: datetime

        def receiver(**_kwargs: object) -> None: ...

        post_save.connect(receiver, sender=StoneRow)
        try:
            messages = found(Stone, StoneRow)
        finally:
            post_save.disconnect(receiver, sender=StoneRow)

        assert [number for number, _ in messages] == [
            "bulkhead.E034",
            "bulkhead.W035",
            "bulkhead.W036",
        ]

    def test_names_children_that_do_not_fit(self) -> None:
        class StoneRow(models.Model):
            class Meta:
                app_label = "stock"

        class ChipRow(models.Model):
            size = models.IntegerField()

            class Meta:
                app_label = "stock"

        @dataclass(kw_only=True)
        class Chip:
            size: int

        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            chips: "Chips"  # type: ignore[name-defined] # noqa: F821, UP037

        globals()["Chips"] = list[Chip]

        assert found(Stone, StoneRow, chips=children(Chip, ChipRow)) == [
            (
                "bulkhead.E039",
                "Stone.chips: ChipRow needs one foreign key to StoneRow, and has none.",
            )
        ]

    def test_what_does_not_fit_can_not_be_used(self) -> None:
        class StoneRow(models.Model):
            class Meta:
                app_label = "stock"

        class Stone:
            pass

        repository: Any = type(
            "Stones", (Repository,), {"__orig_bases__": (Repository[Stone, StoneRow],)}
        )

        with pytest.raises(DeclarationError, match="Stone is no dataclass"):
            repository().get(1)
