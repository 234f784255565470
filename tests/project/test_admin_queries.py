"""How many questions a page of the admin asks, in all databases together: rows add none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID, uuid4

import pytest
from django.contrib import admin
from django.test import Client

from bulkhead.testing.queries import CapturedQueries
from components.contracting.db.models import ContractRow
from components.invoicing.db.models import InvoiceLineRow, InvoiceRow
from project.portfolio.models import Company
from tests.components.contracts import draft_contract, sign_contract
from tests.components.invoices import submit_invoice
from tests.project.portfolio import make_project

pytestmark = pytest.mark.component("budgeting")

Capture = Callable[..., AbstractContextManager[CapturedQueries]]
INVOICES = "/admin/invoicing/invoicerow/"
CONTRACTS = "/admin/contracting/contractrow/"


def many_invoices(count: int, *, contracts: int) -> UUID:
    """Store so many invoices under so many contracts, and return the id of one of them."""
    keys = [sign_contract(1_000_000).id for _ in range(contracts)]
    row = InvoiceRow.objects.get(pk=submit_invoice(keys[0], "100", number="R-0").id)
    first = row.pk
    copies = []
    for number in range(1, count):
        row.pk, row.number, row.contract_id = uuid4(), f"R-{number}", keys[number % contracts]
        copies.append(InvoiceRow(**{f.attname: getattr(row, f.attname) for f in row._meta.fields}))
    InvoiceRow.objects.bulk_create(copies)
    return first


def many_contracts(numbers: range) -> None:
    """Draft a contract for a project of each number, all with one company."""
    for number in numbers:
        draft_contract(project_id=make_project(f"P-{number}").pk)
    ContractRow.objects.update(company_id=Company.objects.get().pk)


@pytest.mark.parametrize("count", [1, 100])
class TestChangeList:
    def test_of_invoices_asks_nine_questions_at_most(
        self,
        admin_client: Client,
        capture_queries: Capture,
        count: int,
    ) -> None:
        many_invoices(count, contracts=min(count, 20))

        with capture_queries() as queries:
            page = admin_client.get(INVOICES, {"status__exact": "submitted"})

        assert len(page.context["cl"].result_list) == count
        assert len(queries) <= 9, str(queries)

    def test_of_contracts_asks_nine_at_most_with_two_references_and_a_filter(
        self,
        admin_client: Client,
        capture_queries: Capture,
        monkeypatch: pytest.MonkeyPatch,
        count: int,
    ) -> None:
        monkeypatch.setattr(admin.site._registry[ContractRow], "list_filter", ("project_id",))
        projects = [make_project(f"P-{number}").pk for number in range(min(count, 20))]
        for number in range(count):
            draft_contract(project_id=projects[number % len(projects)])
        ContractRow.objects.update(company_id=Company.objects.get().pk)

        with capture_queries() as queries:
            page = admin_client.get(CONTRACTS)

        shown = page.content.decode()
        assert shown.count(">Town of Ahlen</a></td>") == count
        assert shown.count(" School</a></td>") == count
        assert len(queries) <= 9, str(queries)


class TestChangeListOfTwiceTheRows:
    def test_with_two_references_a_filter_and_totals_asks_as_often_and_nine_at_most(
        self, admin_client: Client, capture_queries: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        contracts = admin.site._registry[ContractRow]
        monkeypatch.setattr(contracts, "list_filter", ("status",))
        monkeypatch.setattr(contracts, "list_per_page", 200)
        asked = []
        for numbers in (range(100), range(100, 200)):
            many_contracts(numbers)
            with capture_queries() as queries:
                page = admin_client.get(CONTRACTS, {"status__exact": "draft"})
            asked.append(len(queries))

        shown = page.content.decode()
        assert (shown.count(">Town of Ahlen</a></td>"), shown.count(" School</a></td>")) == (
            200,
            200,
        )
        assert shown.count('<td class="field-agreed">') == 200
        assert asked[0] == asked[1] <= 9, str(queries)


@pytest.mark.parametrize("count", [1, 50])
class TestPage:
    def test_of_an_invoice_asks_ten_at_most(
        self, admin_client: Client, capture_queries: Capture, count: int
    ) -> None:
        key = many_invoices(1, contracts=1)
        line = InvoiceLineRow.objects.get(invoice_id=key)
        for position in range(2, count + 1):
            line.pk, line.position = None, position
            line.save(force_insert=True)

        with capture_queries() as queries:
            page = admin_client.get(f"{INVOICES}{key}/change/")

        assert page.status_code == 200
        assert len(queries) <= 10, str(queries)

    def test_of_a_contract_asks_ten_at_most(
        self, admin_client: Client, capture_queries: Capture, count: int
    ) -> None:
        contract = draft_contract(project_id=make_project().pk)

        with capture_queries() as queries:
            page = admin_client.get(f"{CONTRACTS}{contract.id}/change/")

        assert page.status_code == 200
        assert len(queries) <= 10, str(queries)
