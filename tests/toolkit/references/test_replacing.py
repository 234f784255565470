"""A foreign key becomes a reference as the how-to says: its ids, index and uniqueness stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.state import ModelState, ProjectState
from django.test.utils import isolate_apps

from bulkhead.references import ReferenceField
from tests.docs.blocks import DOCS, fences_of

CONTRACT, INVOICE = UUID(int=1), UUID(int=2)
HOW_TO = DOCS / "how-to" / "replace-a-foreign-key.md"

BEFORE = [
    (
        "contracting",
        migrations.CreateModel(
            "ContractRow",
            [("id", models.UUIDField(primary_key=True, serialize=False))],
            options={"db_table": "replaced_contract"},
        ),
    ),
    (
        "invoicing",
        migrations.CreateModel(
            "InvoiceRow",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=40)),
                ("contract", models.ForeignKey("contracting.contractrow", models.CASCADE)),
            ],
            options={
                "db_table": "replaced_invoice",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["contract", "number"], name="one_number_a_contract"
                    )
                ],
            },
        ),
    ),
]


def operations_of_the_page() -> list[Any]:
    [source] = [one for one in fences_of(HOW_TO, "python") if "class Migration" in one]
    namespace: dict[str, Any] = {}
    exec(source, namespace)  # noqa: S102 - our own page
    operations: list[Any] = namespace["Migration"].operations
    return operations


def apply(state: ProjectState, app_label: str, operation: Any) -> ProjectState:
    after = state.clone()
    operation.state_forwards(app_label, after)
    with connection.schema_editor() as editor:
        operation.database_forwards(app_label, editor, state, after)
    return after


@pytest.fixture
def after(settings: Any) -> Iterator[ProjectState]:
    """Yield what is there when the page was followed, with an invoice from before."""
    settings.DATABASE_ROUTERS = []  # as in a project that has no components yet
    state = ProjectState()
    for app_label, operation in BEFORE:
        state = apply(state, app_label, operation)
    contracts = state.apps.get_model("contracting", "ContractRow")
    invoices = state.apps.get_model("invoicing", "InvoiceRow")
    contracts.objects.create(id=CONTRACT)
    invoices.objects.create(id=INVOICE, number="R-1", contract_id=CONTRACT)
    for operation in operations_of_the_page():
        state = apply(state, "invoicing", operation)
    yield state
    with connection.schema_editor() as editor:
        editor.delete_model(state.apps.get_model("invoicing", "InvoiceRow"))
        editor.delete_model(state.apps.get_model("contracting", "ContractRow"))


@pytest.mark.django_db(transaction=True)
class TestReplacedForeignKey:
    def test_keeps_its_ids(self, after: ProjectState) -> None:
        rows = after.apps.get_model("invoicing", "InvoiceRow").objects

        assert list(rows.values_list("number", "contract_id")) == [("R-1", CONTRACT)]

    def test_holds_an_id_that_is_nowhere(self, after: ProjectState) -> None:
        rows = after.apps.get_model("invoicing", "InvoiceRow").objects

        rows.create(id=UUID(int=3), number="R-2", contract_id=UUID(int=9))

        assert rows.count() == 2

    def test_keeps_its_constraint_and_one_index(self, after: ProjectState) -> None:
        invoices = after.apps.get_model("invoicing", "InvoiceRow").objects

        with pytest.raises(IntegrityError):
            invoices.create(id=UUID(int=3), number="R-1", contract_id=CONTRACT)
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "replaced_invoice").values()

        assert not any(one["foreign_key"] for one in found)
        assert [one["columns"] for one in found if one["index"] and not one["unique"]] == [
            ["contract_id"]
        ]

    @isolate_apps("components.invoicing")
    def test_leaves_nothing_to_migrate(self, after: ProjectState) -> None:
        class InvoiceRow(models.Model):
            id = models.UUIDField(primary_key=True)
            number = models.CharField(max_length=40)
            contract_id = ReferenceField("contracting.contract", "contract", db_index=True)

            class Meta:
                app_label = "invoicing"
                db_table = "replaced_invoice"
                constraints = [
                    models.UniqueConstraint(
                        fields=["contract_id", "number"], name="one_number_a_contract"
                    )
                ]

        now = after.clone()
        now.models["invoicing", "invoicerow"] = ModelState.from_model(InvoiceRow)
        changes = MigrationAutodetector(after, now).changes(MigrationGraph())

        assert [one.operations for found in changes.values() for one in found] == []
