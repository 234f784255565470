from __future__ import annotations

from collections.abc import Iterator
from dataclasses import InitVar, asdict, dataclass
from datetime import datetime
from enum import Enum
from types import new_class
from typing import Any, TypeVar

import pytest
from django.db import models
from django.db.models import Q
from django.db.models.signals import post_save
from django.test.utils import isolate_apps

from bulkhead.checks.repositories import messages_of
from bulkhead.repositories import (
    DeclarationError,
    Repository,
    children,
    column,
    composite,
    finder,
    registry,
)


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_known", [])
    with isolate_apps("tests.toolkit.yard.stock"):
        yield


class Mood(Enum):
    CALM = "calm"


def row(**columns: models.Field[Any, Any]) -> type[models.Model]:
    return model("StoneRow", **columns)


def priced_row() -> type[models.Model]:
    return row(
        price_amount=models.IntegerField(null=True),
        price_currency=models.CharField(max_length=3, null=True),
    )


def chip_row(
    stone_row: type[models.Model],
    to_field: str | None = None,
    **columns: models.Field[Any, Any],
) -> type[models.Model]:
    stone = models.ForeignKey(stone_row, on_delete=models.CASCADE, to_field=to_field)
    return model("ChipRow", size=models.IntegerField(), stone=stone, **columns)


def model(name: str, **columns: models.Field[Any, Any]) -> type[models.Model]:
    meta = type("Meta", (), {"app_label": "stock"})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **columns})


def message(number: str, text: str, hint: str) -> tuple[str, str, str]:
    return f"bulkhead.{number}", text, hint


def repository_for(cls: type, row: type[models.Model], **body: object) -> Any:
    generic: Any = Repository
    return new_class("Stones", (generic[cls, row],), exec_body=lambda names: names.update(body))


def found(cls: type, row: type[models.Model], **body: object) -> list[tuple[Any, ...]]:
    messages = messages_of(repository_for(cls, row, **body))
    return [(message.id, message.msg, message.hint) for message in messages]


class TestDeclarations:
    def test_one_that_fits_is_allowed(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            mood: Mood

        moods = models.CharField(max_length=9, choices=[("calm", "calm")])

        assert found(Stone, row(mood=moods, fine=models.IntegerField(default=0))) == []

    def test_names_each_field_and_column_that_does_not_fit(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            mood: Mood
            weight: int
            colour: str

        stone_row = row(
            mood=models.CharField(max_length=9, choices=[("calm", "calm"), ("wild", "wild")]),
            weight=models.IntegerField(null=True),
            extra=models.IntegerField(),
            fine=models.IntegerField(default=0),
        )

        assert found(Stone, stone_row, colours=column("fine")) == [
            message(
                "E033",
                "Mood, the type of Stone.mood, lacks 'wild', which StoneRow.mood may hold.",
                "Add a member to Mood, or drop the choice.",
            ),
            message(
                "E030",
                "Stone.colour has no column 'colour' in StoneRow. "
                "Its columns: extra, fine, id, mood, weight.",
                "Add the column, or declare colour in Stones: column(...), composite(...) or "
                "children(...).",
            ),
            message(
                "E032",
                "StoneRow.weight may be null, but Stone.weight may not be None.",
                "Set null=False on StoneRow.weight, or annotate Stone.weight with | None.",
            ),
            message(
                "E042",
                "Stones declares 'colours', which is no field of Stone. "
                "Its fields: colour, id, mood, weight.",
                "Correct the name, or drop the declaration.",
            ),
            message(
                "E031",
                "StoneRow.extra has no field in Stone, and no default: a new row could not be "
                "stored.",
                "Add the field 'extra' to Stone, or give StoneRow.extra a default or null=True.",
            ),
        ]

    def test_what_does_not_fit_can_not_be_used(self) -> None:
        repository = repository_for(Chip, row(size=models.IntegerField()))

        with pytest.raises(DeclarationError) as refused:
            repository().get(1)

        assert str(refused.value) == (
            "Stones can't be used; `manage.py check` says the same:\n"
            "- Chip has no field for StoneRow.id, its key. Add a field 'id' to Chip."
        )


class TestClasses:
    def test_e037_names_one_that_is_no_dataclass(self) -> None:
        class Stone:
            id: int

        assert found(Stone, row()) == [
            message("E037", "Stone is no dataclass.", "Write @dataclass above Stone.")
        ]

    def test_e037_names_what_only_the_constructor_takes(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            owner: InitVar[str]

        assert found(Stone, row()) == [
            message(
                "E037",
                "Stone takes 'owner' as an InitVar, which no column can give.",
                "Give it a default, or make it a field.",
            )
        ]

    def test_an_init_var_with_a_default_is_allowed(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            owner: InitVar[str] = ""

        assert found(Stone, row()) == []

    def test_e037_names_annotations_that_can_not_be_read(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: "Unknown"  # type: ignore[name-defined] # noqa: F821, UP037

        assert found(Stone, row()) == [
            message(
                "E037",
                "The annotations of Stone can't be read: name 'Unknown' is not defined.",
                "Import the name at run time, outside TYPE_CHECKING.",
            )
        ]

    def test_e038_names_one_without_a_key(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            size: int

        assert found(Stone, row(size=models.IntegerField())) == [
            message(
                "E038",
                "Stone has no field for StoneRow.id, its key.",
                "Add a field 'id' to Stone.",
            )
        ]

    def test_a_key_of_another_name_is_allowed(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            number: int | None = None

        assert found(Stone, row(), number=column("id")) == []

    def test_e040_names_a_row_in_two_tables(self) -> None:
        class RockRow(models.Model):
            class Meta:
                app_label = "stock"

        class StoneRow(RockRow):
            class Meta:
                app_label = "stock"

        @dataclass(kw_only=True)
        class Stone:
            rock: int | None = None

        assert message(
            "E040",
            "StoneRow inherits columns from another table, which a repository can't write.",
            "Let the row be a model of its own, or inherit from an abstract one.",
        ) in found(Stone, StoneRow, rock=column("rockrow_ptr_id"))

    def test_a_row_that_inherits_from_an_abstract_one_is_allowed(self) -> None:
        class RockRow(models.Model):
            size = models.IntegerField()

            class Meta:
                abstract = True
                app_label = "stock"

        class StoneRow(RockRow):
            class Meta:
                app_label = "stock"

        assert found(Sized, StoneRow) == []

    def test_e043_names_a_version_that_is_no_number(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            version: int = 0

        assert found(Stone, row(version=models.CharField(max_length=9))) == [
            message(
                "E043",
                "StoneRow.version holds a version, but is no integer column.",
                "Make it a models.PositiveIntegerField().",
            )
        ]

    def test_a_version_in_any_integer_column_is_allowed(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            version: int = 0

        assert found(Stone, row(version=models.BigIntegerField())) == []


class TestValues:
    def test_e032_names_a_field_that_may_be_none(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            size: int | None

        assert found(Stone, row(size=models.IntegerField())) == [
            message(
                "E032",
                "Stone.size may be None, but StoneRow.size may not be null.",
                "Set null=True on StoneRow.size, or drop | None from Stone.size.",
            )
        ]

    @pytest.mark.parametrize("hint", [Any, object, "int | None"])
    def test_a_field_that_takes_anything_is_allowed_to_be_null(self, hint: object) -> None:
        class Stone:
            __annotations__ = {"id": "int | None", "size": hint}

        cls = dataclass(kw_only=True)(Stone)

        assert found(cls, row(size=models.IntegerField(null=True))) == []

    def test_e034_names_a_field_called_like_a_method(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            page: int

        assert found(Stone, row(page=models.IntegerField())) == [
            message(
                "E034",
                "Stone.page is called like a method of Repository: a declaration of that name in "
                "Stones would hide the method.",
                "Rename the field; a column may go on being called 'page'.",
            )
        ]

    def test_a_column_called_like_a_method_is_allowed(self) -> None:
        stone_row = row(page=models.IntegerField())

        assert found(Sized, stone_row, size=column("page")) == []

    @pytest.mark.parametrize("automatic", ["auto_now", "auto_now_add"])
    def test_a_time_that_sets_itself_needs_no_field(self, automatic: str) -> None:
        stone_row = row(
            size=models.IntegerField(),
            changed_at=models.DateTimeField(**{automatic: True}),  # type: ignore[arg-type]
        )

        assert [number for number, *_ in found(Sized, stone_row)] == ["bulkhead.W035"]

    def test_e048_names_a_finder_that_is_ordered_by_what_is_not_there(self) -> None:
        @finder(order_by=("size", "-weihgt"))
        def heavy(_self: object) -> Q:
            return Q(size__gt=3)

        @finder(order_by="-size")
        def large(_self: object) -> Q:
            return Q(size__gt=3)

        stone_row = row(size=models.IntegerField())

        assert found(Sized, stone_row, heavy=heavy, large=large) == [
            message(
                "E048",
                "Stones.heavy can't be ordered as it says: Cannot resolve keyword 'weihgt' into "
                "field. Choices are: id, size.",
                "Correct order_by in @finder(order_by=...).",
            ),
        ]

    @pytest.mark.parametrize("automatic", ["auto_now", "auto_now_add"])
    def test_w035_names_a_time_that_sets_itself(self, automatic: str) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            changed_at: datetime

        stone_row = row(changed_at=models.DateTimeField(**{automatic: True}))  # type: ignore[arg-type]

        assert found(Stone, stone_row) == [
            message(
                "W035",
                "StoneRow.changed_at sets itself where a row is added, whatever the aggregate "
                "holds, and not where Stones saves one.",
                "Drop auto_now and auto_now_add, and set the time in the domain.",
            )
        ]

    def test_a_time_that_the_domain_sets_is_allowed(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            changed_at: datetime

        assert found(Stone, row(changed_at=models.DateTimeField())) == []

    def test_w036_names_a_receiver(self) -> None:
        class Receiver:
            def __call__(self, **_kwargs: object) -> None: ...

        def receiver(**_kwargs: object) -> None: ...

        stone_row, instance = row(size=models.IntegerField()), Receiver()
        post_save.connect(receiver, sender=stone_row)
        post_save.connect(instance, sender=stone_row)
        try:
            messages = found(Sized, stone_row)
        finally:
            post_save.disconnect(receiver, sender=stone_row)
            post_save.disconnect(instance, sender=stone_row)

        called = f"{__name__}.TestValues.test_w036_names_a_receiver.<locals>."
        assert messages == [
            message(
                "W036",
                f"{called}{name} waits for post_save of StoneRow. Stones sends no signals, so it "
                "will not run.",
                "Call it from the service that makes the change.",
            )
            for name in ("receiver", "Receiver")
        ]

    def test_a_receiver_is_allowed_where_the_repository_sends_the_signal(self) -> None:
        def receiver(**_kwargs: object) -> None: ...

        def sending(_self: object, stone: Any) -> Any:
            return stone

        stone_row = row(size=models.IntegerField())
        post_save.connect(receiver, sender=stone_row)
        try:
            assert found(Sized, stone_row, add=sending, save=sending) == []
            assert len(found(Sized, stone_row, save=sending)) == 1
        finally:
            post_save.disconnect(receiver, sender=stone_row)

    def test_a_receiver_of_all_models_is_allowed(self) -> None:
        def receiver(**_kwargs: object) -> None: ...

        post_save.connect(receiver)
        try:
            assert found(Sized, row(size=models.IntegerField())) == []
        finally:
            post_save.disconnect(receiver)

    def test_e046_names_an_object_in_one_column(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            price: Price
            others: list[Price]

        stone_row = row(price=models.JSONField(), others=models.JSONField())

        assert found(Stone, stone_row) == [
            message(
                "E046",
                f"Stone.{name} is of the dataclass Price, and StoneRow.{name} can't hold one as "
                "it is.",
                f"Declare how in Stones: {name} = column(load=..., store=...), or spread it over "
                "several columns.",
            )
            for name in ("price", "others")
        ]

    def test_an_object_that_is_converted_is_allowed(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            price: Price

        declared = column(load=lambda found: Price(**found), store=asdict)

        assert found(Stone, row(price=models.JSONField()), price=declared) == []


@dataclass(frozen=True, kw_only=True)
class Price:
    amount: int | None = None
    currency: str | None = None


@dataclass(kw_only=True)
class Priced:
    id: int | None = None
    price: Price


@dataclass(kw_only=True)
class Sized:
    id: int | None = None
    size: int


class TestComposites:
    def test_e042_names_a_part_that_is_none(self) -> None:
        messages = found(Priced, priced_row(), price=composite(Price, amout="price_amount"))

        assert messages == [
            message(
                "E042",
                "Stones declares 'amout', which is no field of Price. "
                "Its fields: amount, currency.",
                "Correct the name, or drop the declaration.",
            )
        ]

    def test_e030_names_a_part_without_a_column(self) -> None:
        messages = found(Priced, priced_row(), price=composite(Price, amount="sum"))

        assert messages == [
            message(
                "E030",
                "Priced.price.amount has no column 'sum' in StoneRow. "
                "Its columns: id, price_amount, price_currency.",
                "Add the column, or declare price in Stones: column(...), composite(...) or "
                "children(...).",
            )
        ]

    def test_e037_names_a_class_that_is_no_dataclass(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            price: int

        assert found(Stone, priced_row(), price=composite(int))[0] == message(
            "E037", "int is no dataclass.", "Write @dataclass above int."
        )

    def test_e045_names_one_that_can_not_be_told_from_none(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            price: Price | None = None

        assert found(Stone, priced_row()) == [
            message(
                "E045",
                "Stone.price may be None, and so may every part of Price: stored, the two can't "
                "be told apart.",
                "Drop | None from Stone.price, or make one part of Price required.",
            )
        ]

    def test_e047_names_one_of_another_class(self) -> None:
        @dataclass(kw_only=True)
        class Stone:
            id: int | None = None
            price: Sized

        assert found(Stone, priced_row(), price=composite(Price)) == [
            message(
                "E047",
                "Stone.price is declared as a composite of Price, which is not its type.",
                "Annotate it as Price, or declare its own class.",
            )
        ]

    def test_one_that_fits_is_allowed(self) -> None:
        stone_row, declared = priced_row(), composite(Price, amount="price_amount")

        assert found(Priced, stone_row) == []
        assert found(Priced, stone_row, price=declared) == []


@dataclass(kw_only=True)
class Chip:
    size: int


@dataclass(kw_only=True)
class Chipped:
    id: int | None = None
    chips: list[Chip]


class TestChildren:
    @pytest.mark.parametrize("hint", ["int", "list[int]", "list[Chip] | None", "set[Chip]"])
    def test_e041_names_a_field_that_holds_none(self, hint: str) -> None:
        class Stone:
            __annotations__ = {"id": "int | None", "chips": hint}

        stone_row = row()

        assert found(
            dataclass(kw_only=True)(Stone), stone_row, chips=children(Chip, chip_row(stone_row))
        ) == [
            message(
                "E041",
                "Stone.chips is declared to hold children, but is no list or tuple of Chip.",
                "Annotate it as list[Chip] or tuple[Chip, ...].",
            )
        ]

    @pytest.mark.parametrize("hint", ["list[Chip]", "tuple[Chip, ...]"])
    def test_a_list_and_a_tuple_are_allowed(self, hint: str) -> None:
        class Stone:
            __annotations__ = {"id": "int | None", "chips": hint}

        stone_row, cls = row(), dataclass(kw_only=True)(Stone)

        assert found(cls, stone_row, chips=children(Chip, chip_row(stone_row))) == []

    def test_e044_names_an_order_that_is_no_column(self) -> None:
        stone_row = row()
        declared = children(Chip, chip_row(stone_row), order_by="palce")

        assert found(Chipped, stone_row, chips=declared) == [
            message(
                "E044",
                "Stones orders Chip by 'palce', which is no column of ChipRow. "
                "Its columns: id, size, stone.",
                "Correct order_by.",
            )
        ]

    @pytest.mark.parametrize("order_by", ["size", "-size", "pk", None])
    def test_an_order_by_a_column_is_allowed(self, order_by: str | None) -> None:
        stone_row = row()
        declared = children(Chip, chip_row(stone_row), order_by=order_by)

        assert found(Chipped, stone_row, chips=declared) == []

    def test_e039_names_two_foreign_keys_to_the_parent(self) -> None:
        stone_row = row()
        other = models.ForeignKey(stone_row, on_delete=models.CASCADE, related_name="+", null=True)
        chips = chip_row(stone_row, other=other)

        assert found(Chipped, stone_row, chips=children(Chip, chips)) == [
            message(
                "E039",
                "Chipped.chips: ChipRow needs one foreign key to the key of StoneRow, and has "
                "other, stone.",
                'Name it: children(Chip, ChipRow, foreign_key="...").',
            )
        ]

    def test_one_of_two_that_is_named_is_allowed(self) -> None:
        stone_row = row()
        other = models.ForeignKey(stone_row, on_delete=models.CASCADE, related_name="+", null=True)
        declared = children(Chip, chip_row(stone_row, other=other), foreign_key="stone")

        assert found(Chipped, stone_row, chips=declared) == []

    def test_e039_names_a_foreign_key_to_what_is_no_key(self) -> None:
        stone_row = row(code=models.CharField(max_length=9, unique=True, default=""))
        declared = children(Chip, chip_row(stone_row, to_field="code"))

        assert found(Chipped, stone_row, chips=declared) == [
            message(
                "E039",
                "Chipped.chips: ChipRow needs one foreign key to the key of StoneRow, and has "
                "none.",
                'Name it: children(Chip, ChipRow, foreign_key="...").',
            )
        ]

    def test_a_part_whose_class_is_no_dataclass_is_named(self) -> None:
        class Stone:
            __annotations__ = {"id": "int | None", "chips": "list[int]"}

        stone_row, cls = row(), dataclass(kw_only=True)(Stone)
        declared = children(int, chip_row(stone_row), order_by="size")

        assert found(cls, stone_row, chips=declared)[0] == message(
            "E037", "int is no dataclass.", "Write @dataclass above int."
        )


class TestRegistry:
    def test_every_repository_of_a_row_is_checked(self) -> None:
        stone_row = row(size=models.IntegerField())
        found(Sized, stone_row)
        found(Sized, stone_row)

        assert len(registry._known) == 2

    def test_the_repository_of_an_aggregate_goes_before_that_of_its_parent(self) -> None:
        stone_row = row()
        chips = chip_row(stone_row)
        found(Chipped, stone_row, chips=children(Chip, chips))
        found(Sized, chips)

        owner = registry.repository_of(chips)

        assert owner is not None
        assert owner.aggregate_class is Sized

    def test_a_base_of_the_projects_own_hands_its_classes_on(self) -> None:
        aggregate, stones = TypeVar("aggregate"), TypeVar("stones", bound=models.Model)
        stone_row = row(size=models.IntegerField())
        generic: Any = Repository
        base: Any = new_class("Base", (generic[aggregate, stones],))

        repository: Any = new_class("Stones", (base[Sized, stone_row],))

        assert repository.row_class is stone_row
        assert registry._known == [repository]
