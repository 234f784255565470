"""The pages that are composed of several components."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from bulkhead.testing.queries import CapturedQueries
from components.contracting.service import change_orders
from components.invoicing.service import invoices
from project.views import ContractPage
from tests.components.contracts import sign_contract
from tests.components.invoices import JUNE, MAY, deduction, euro, line
from tests.project.portfolio import make_project

pytestmark = pytest.mark.component("invoicing")


def contract_page(client: Client, contract_id: object) -> ContractPage:
    response = client.get(reverse("project:contract", args=[contract_id]))
    page = response.context["contract"]
    assert isinstance(page, ContractPage)
    return page


class TestContractPage:
    def test_shows_a_contract_with_its_invoices(self, admin_client: Client) -> None:
        project = make_project()
        contract = sign_contract(1000, project_id=project.pk)
        invoice = invoices.submit_invoice(
            contract_id=contract.id,
            number="R-1",
            issued_on=MAY,
            due_on=JUNE,
            lines=[line("450")],
            deductions=[deduction("50")],
        )
        invoices.approve_invoice(invoice_id=invoice.id, on=JUNE)

        page = contract_page(admin_client, contract.id)

        assert (page.agreed, page.approved, page.left) == (euro(1000), euro(400), euro(600))
        assert page.overrun is None
        assert page.project == project
        [shown] = page.invoices
        assert (shown.number, shown.status_label, shown.total) == ("R-1", "Approved", euro(400))

    def test_says_that_nothing_was_invoiced(self, admin_client: Client) -> None:
        contract = sign_contract(1000)

        response = admin_client.get(reverse("project:contract", args=[contract.id]))

        page = response.content.decode()
        assert "Nothing has been invoiced under this contract yet." in page
        assert "more is submitted" not in page
        assert "is retained" not in page
        assert response.context["contract"].left == euro(1000)

    def test_warns_of_an_overrun(self, admin_client: Client) -> None:
        contract = sign_contract(1000)
        invoices.submit_invoice(
            contract_id=contract.id, number="R-1", issued_on=MAY, due_on=JUNE, lines=[line("1000")]
        )
        changed = change_orders.propose_change_order(
            contract_id=contract.id, reason="No cellar", amount=euro(-300), on=JUNE
        )
        change_orders.approve_change_order(change_order_id=changed.change_orders[0].id, on=JUNE)

        response = admin_client.get(reverse("project:contract", args=[contract.id]))

        assert "300.00 EUR above the agreed sum" in response.content.decode()

    def test_bears_with_a_project_and_a_company_that_are_gone(self, admin_client: Client) -> None:
        contract = sign_contract(1000, project_id=404)

        page = contract_page(admin_client, contract.id)

        assert page.project is None
        assert page.company == "Unknown company"

    def test_shows_markup_as_text(self, admin_client: Client) -> None:
        contract = sign_contract(1000)
        invoices.submit_invoice(
            contract_id=contract.id,
            number="<script>alert(1)</script>",
            issued_on=MAY,
            due_on=JUNE,
            lines=[line("1")],
        )

        page = admin_client.get(reverse("project:contract", args=[contract.id])).content.decode()

        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert(1)" not in page

    def test_asks_no_more_for_many_invoices_than_for_one(
        self,
        admin_client: Client,
        capture_queries: Callable[[], AbstractContextManager[CapturedQueries]],
    ) -> None:
        counts = []
        contract = sign_contract(1000)
        for number in range(5):
            invoices.submit_invoice(
                contract_id=contract.id,
                number=f"R-{number}",
                issued_on=MAY,
                due_on=JUNE,
                lines=[line("1")],
            )
            with capture_queries() as queries:
                contract_page(admin_client, contract.id)
            counts.append(len(queries))

        assert len(set(counts)) == 1

    def test_is_unknown(self, admin_client: Client) -> None:
        response = admin_client.get(reverse("project:contract", args=[uuid4()]))

        assert response.status_code == 404

    def test_is_for_those_who_are_signed_in(self) -> None:
        response = Client().get(reverse("project:contract", args=[uuid4()]))

        assert response.status_code == 302


class TestReportPage:
    def test_is_shown_to_everybody_without_a_figure(self) -> None:
        response = Client().get("/")

        assert response.status_code == 200
        assert [template.name for template in response.templates][:1] == ["project/report.html"]


class TestListProjects:
    def test_answers_all_by_number(self, admin_client: Client) -> None:
        for number in ("P-2", "P-1"):
            make_project(number)

        answered = admin_client.get("/api/portfolio/projects").json()

        assert [project["number"] for project in answered["items"]] == ["P-1", "P-2"]
        assert answered["items"][0]["phase"] == "construction"

    def test_is_for_those_who_are_signed_in(self) -> None:
        assert Client().get("/api/portfolio/projects").status_code == 401
