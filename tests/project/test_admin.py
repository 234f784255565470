"""The admin of the components: every page of it answers, in words that people use."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from bulkhead.testing.queries import CapturedQueries
from components.budgeting.service import budgets
from components.contracting.db.models import ContractRow
from components.contracting.service import change_orders
from components.invoicing.db.models import ContractAccountRow, InvoiceRow
from components.shared_kernel.money import Money
from tests.components.contracts import MAY, sign_contract
from tests.components.invoices import submit_invoice
from tests.project.portfolio import make_project

pytestmark = pytest.mark.component("budgeting")

UUID_AS_TEXT = re.compile(r">[^<]*[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[^<]*<")
STORED_DECIMAL = re.compile(r">\s*-?\d+\.\d*0(?: %)?\s*<")
SHOWN = [
    model
    for model in admin.site._registry
    if model._meta.app_label in {"contracting", "invoicing", "budgeting", "portfolio"}
]


@pytest.fixture
def one_of_each() -> None:
    """Store a row of everything that the admin shows."""
    project = make_project()
    contract = sign_contract(1000, project_id=project.pk)
    submit_invoice(contract.id, "100", number="R-1")
    change_orders.propose_change_order(
        contract_id=contract.id, reason="More", amount=Money.of(1, "EUR"), on=MAY
    )
    budgets.open_budget(project_id=project.pk, currency="EUR")
    budgets.plan_line(
        project_id=project.pk, cost_code="330", title="Walls", planned=Money.of(900, "EUR")
    )


def address(model: type[Model], page: str, *keys: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=keys)


def shown(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model._meta.label)
class TestEveryRow:
    def test_is_listed_without_its_id(self, admin_client: Client, model: type[Model]) -> None:
        page = shown(admin_client, address(model, "changelist"))

        assert not UUID_AS_TEXT.findall(page)

    def test_is_shown_without_ids_and_stored_digits(
        self, admin_client: Client, model: type[Model]
    ) -> None:
        row = model._default_manager.get_queryset()[0]

        page = shown(admin_client, address(model, "change", row.pk))

        assert not UUID_AS_TEXT.findall(page)
        assert not STORED_DECIMAL.findall(page)


class TestContractOfARow:
    def test_is_named_in_the_list_and_on_its_page(self, admin_client: Client) -> None:
        contract = sign_contract(1000)
        invoice = submit_invoice(contract.id, "100", number="R-1")

        page = shown(admin_client, address(InvoiceRow, "change", invoice.id))
        lists = [
            shown(admin_client, address(model, "changelist"))
            for model in (InvoiceRow, ContractAccountRow)
        ]

        url = address(ContractRow, "change", contract.id)
        assert f'<a href="{url}">{contract.number} Shell</a>' in page
        assert all(f">{contract.number} Shell</a>" in listed for listed in lists)

    def test_is_asked_for_once_a_page(
        self,
        admin_client: Client,
        capture_queries: Callable[..., AbstractContextManager[CapturedQueries]],
    ) -> None:
        for number in range(3):
            submit_invoice(sign_contract(1000).id, "100", number=f"R-{number}")

        with capture_queries(using=["contracting"]) as queries:
            shown(admin_client, address(InvoiceRow, "changelist"))

        assert len(queries) == 1

    def test_may_be_gone(self, admin_client: Client) -> None:
        gone = uuid4()
        invoice = submit_invoice(sign_contract(1000).id, "100", number="R-1")
        InvoiceRow.objects.update(contract_id=gone)

        listed = shown(admin_client, address(InvoiceRow, "changelist"))
        page = shown(admin_client, address(InvoiceRow, "change", invoice.id))

        assert f'<td class="field-contract_id">unknown contract {gone}</td>' in listed
        assert f"unknown contract {gone}" in page
