"""A reference is its column, to all but those who ask whose id it holds."""

from __future__ import annotations

import copy
import pickle
from typing import Any
from uuid import UUID

import pytest
from django.db import migrations, models
from django.db.migrations.state import ModelState
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from bulkhead.references import ReferenceDeclarationError, ReferenceField, installed_references
from tests.toolkit.references.conftest import NOWHERE, loaded, pallet
from tests.toolkit.yard.sales.db.models import Load, Tour


def field_of(name: str) -> ReferenceField[Any, Any]:
    field = Load._meta.get_field(name)
    assert isinstance(field, ReferenceField)
    return field


class TestColumn:
    def test_is_a_uuid_unless_it_says_otherwise(self) -> None:
        assert isinstance(field_of("pallet_id"), models.UUIDField)
        assert isinstance(field_of("driver_id"), models.IntegerField)

    def test_takes_the_options_of_its_column_and_its_own(self) -> None:
        field: Any = ReferenceField(
            "stock.pallet", column=models.CharField(max_length=20), null=True, db_index=True
        )

        assert (field.max_length, field.null, field.db_index) == (20, True, True)

    def test_is_called_by_its_name_without_id(self) -> None:
        assert field_of("pallet_id").verbose_name == "pallet"

    def test_is_called_as_it_says(self) -> None:
        field = ReferenceField("stock.pallet", "stack")

        field.set_attributes_from_name("pallet_id")

        assert field.verbose_name == "stack"

    def test_survives_being_copied(self) -> None:
        for made in (copy.copy(field_of("pallet_id")), copy.deepcopy(field_of("pallet_id"))):
            assert isinstance(made, ReferenceField)
            assert isinstance(made, models.UUIDField)
            assert made.reference == "stock.pallet"

    def test_survives_being_pickled_with_its_row(self) -> None:
        row = pickle.loads(pickle.dumps(Load(pallet_id=NOWHERE)))  # noqa: S301 - our own
        field = pickle.loads(pickle.dumps(field_of("pallet_id")))  # noqa: S301

        assert row.pallet_id == NOWHERE
        assert field is field_of("pallet_id")

    @isolate_apps("tests.toolkit.yard.sales")
    def test_is_inherited(self) -> None:
        class Held(models.Model):
            pallet_id = ReferenceField("stock.pallet")

            class Meta:
                abstract = True

        class Crane(Held):
            class Meta:
                app_label = "sales"

        [field] = [one for one in Crane._meta.fields if isinstance(one, ReferenceField)]
        assert field.model is Crane

    def test_is_found_in_every_model(self) -> None:
        found = [f"{one.model._meta.label}.{one.name}" for one in installed_references()]

        assert [name for name in found if name.startswith("sales")] == [
            "sales.Tour.guide_id",
            "sales.Load.pallet_id",
            "sales.Load.driver_id",
        ]


class TestMigration:
    def test_names_neither_the_other_nor_bulkhead(self) -> None:
        class Migration(migrations.Migration):
            operations = [
                migrations.AddField("load", "pallet_id", field_of("pallet_id")),
                migrations.AlterField("load", "driver_id", field_of("driver_id")),
            ]

        written = MigrationWriter(Migration("0009_loads", "sales")).as_string()

        assert "models.UUIDField()" in written
        assert "models.IntegerField(blank=True, null=True)" in written
        assert "stock" not in written
        assert "bulkhead" not in written

    @isolate_apps("tests.toolkit.yard.sales")
    def test_is_not_needed_where_a_plain_column_becomes_one(self) -> None:
        plain = models.UUIDField("pallet", db_index=True)
        reference = ReferenceField("stock.pallet", "pallet", db_index=True)

        assert reference.deconstruct() == plain.deconstruct()

    def test_keeps_a_field_in_a_state(self) -> None:
        field: Any = ModelState.from_model(Load).fields["pallet_id"]

        assert isinstance(field, ReferenceField)
        assert field.deconstruct()[1:] == ("django.db.models.UUIDField", [], {})


@pytest.mark.component("sales")
class TestQueries:
    def test_find_it_as_any_column(self) -> None:
        one, other = pallet("A", 1), pallet("B", 2)
        loaded(one, other, NOWHERE)
        loads = Load.objects.all()

        assert loads.filter(pallet_id=one).count() == 1
        assert loads.filter(pallet_id__in=[one, str(other)]).count() == 2
        assert loads.filter(pallet_id__gt=other).get().pallet_id == NOWHERE
        assert loads.exclude(driver_id__isnull=True).count() == 0
        assert list(loads.order_by("-pallet_id").values_list("pallet_id", flat=True)) == [
            NOWHERE,
            other,
            one,
        ]

    def test_hold_on_when_the_other_row_is_gone(self) -> None:
        from tests.toolkit.yard.stock.db.models import PalletRow  # noqa: PLC0415

        loaded(pallet("A", 1))

        PalletRow.objects.all().delete()

        assert Load.objects.get().pallet_id == UUID(int=1)

    def test_load_a_missing_one_as_none(self) -> None:
        loaded()

        assert Tour.objects.get().guide_id is None


class TestDeclaration:
    def test_refuses_a_relation_as_its_column(self) -> None:
        with pytest.raises(ReferenceDeclarationError) as caught:
            ReferenceField("stock.pallet", column=models.ForeignKey(Tour, models.CASCADE))

        assert str(caught.value) == (
            "column=<django.db.models.fields.related.ForeignKey> is no plain column. "
            "A ReferenceField holds an id in a column such as models.UUIDField(), "
            "models.BigIntegerField() or models.CharField(max_length=20). Give one of these."
        )

    def test_refuses_a_column_that_counts_by_itself(self) -> None:
        with pytest.raises(ReferenceDeclarationError) as caught:
            ReferenceField("stock.pallet", column=models.AutoField(primary_key=True))

        assert str(caught.value).startswith(
            "column=<django.db.models.fields.AutoField> is a field of its own kind. "
        )

    @pytest.mark.parametrize("name", ["pallet", "stock.db.models.PalletRow", "", "a b.c", "9.a"])
    def test_refuses_a_name_that_can_not_be_meant(self, name: str) -> None:
        with pytest.raises(ReferenceDeclarationError) as caught:
            ReferenceField(name)

        assert str(caught.value) == (
            f"{name!r} names nothing that a ReferenceField can point at. Write "
            f'"contracting.contract" for a provider in the public of a component, or '
            f'"portfolio.Project" for the model of a legacy app.'
        )
