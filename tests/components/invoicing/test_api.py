"""Invoicing over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from components.invoicing.service import invoices
from tests.components.conftest import JSONClient
from tests.components.contracts import close_contract, sign_contract
from tests.components.invoices import JULY, JUNE, MAY, line

pytestmark = pytest.mark.component("invoicing")


def body_of_invoice(contract_id: UUID, **changed: object) -> dict[str, Any]:
    return {
        "contract_id": str(contract_id),
        "number": "R-1",
        "issued_on": "2026-05-01",
        "due_on": "2026-06-01",
        "lines": [
            {
                "description": "Concrete C25/30",
                "quantity": "2.500",
                "unit": "m³",
                "unit_price": {"amount": "100", "currency": "EUR"},
            }
        ],
        "deductions": [
            {
                "kind": "defect",
                "reason": "Cracks in the slab",
                "amount": {"amount": "50", "currency": "EUR"},
            }
        ],
    } | changed


def submit(price: str = "100", *, agreed: int = 1000) -> UUID:
    contract = sign_contract(agreed)
    return invoices.submit_invoice(
        contract_id=contract.id, number="R-1", issued_on=MAY, due_on=JUNE, lines=[line(price)]
    ).id


class TestSubmitInvoice:
    def test_answers_the_stored_invoice(self, api: JSONClient) -> None:
        contract = sign_contract()

        response = api.post("invoicing/invoices", body_of_invoice(contract.id))

        invoice = response.json()
        assert response.status_code == 201
        assert {name: invoice[name]["amount"] for name in ("gross", "deducted", "total")} == {
            "gross": "250.00",
            "deducted": "50.00",
            "total": "200.00",
        }
        assert (invoice["retention"]["amount"], invoice["payable"]["amount"]) == ("10.00", "190.00")
        assert api.get(f"invoicing/invoices/{invoice['id']}").json() == invoice

    def test_says_how_much_is_left(self, api: JSONClient) -> None:
        contract = sign_contract(150)

        response = api.post("invoicing/invoices", body_of_invoice(contract.id))

        problem = response.json()
        assert response.status_code == 409
        assert problem["title"] == "Above contract"
        assert problem["detail"] == (
            "Invoice R-1 claims 200.00 EUR, but of the 150.00 EUR agreed only 150.00 EUR is left. "
            "Lower the invoice, or have a change order approved first."
        )
        assert problem["left"] == {"amount": "150.00", "currency": "EUR"}

    def test_does_not_know_the_contract(self, api: JSONClient) -> None:
        response = api.post("invoicing/invoices", body_of_invoice(uuid4()))

        assert response.status_code == 404

    @pytest.mark.parametrize("name", ["status", "total", "retention_percent", "version"])
    def test_takes_nothing_that_only_the_domain_may_set(self, api: JSONClient, name: str) -> None:
        contract = sign_contract()

        response = api.post(
            "invoicing/invoices", body_of_invoice(contract.id, **{name: "approved"})
        )

        assert response.status_code == 422


class TestInvoice:
    def test_is_approved_paid_and_released(self, api: JSONClient) -> None:
        contract = sign_contract()
        invoice = api.post("invoicing/invoices", body_of_invoice(contract.id)).json()
        path = f"invoicing/invoices/{invoice['id']}"

        statuses = [api.post(f"{path}/{step}").json()["status"] for step in ("approve", "pay")]
        early = api.post(f"{path}/release-retention")
        close_contract(contract.id, on=JULY)
        released = api.post(f"{path}/release-retention")
        again = api.post(f"{path}/release-retention")

        assert statuses == ["approved", "paid"]
        assert [early.status_code, released.status_code, again.status_code] == [409, 200, 409]

    def test_is_rejected_with_a_reason(self, api: JSONClient) -> None:
        invoice_id = submit()

        without = api.post(f"invoicing/invoices/{invoice_id}/reject", {"reason": " "})
        rejected = api.post(f"invoicing/invoices/{invoice_id}/reject", {"reason": "Twice"})

        assert without.status_code == 422
        assert (rejected.json()["status"], rejected.json()["rejection_reason"]) == (
            "rejected",
            "Twice",
        )

    def test_is_not_paid_before_it_is_approved(self, api: JSONClient) -> None:
        response = api.post(f"invoicing/invoices/{submit()}/pay")

        assert response.status_code == 409
        assert response.json()["detail"] == (
            "Invoice R-1 is submitted, and this is possible only while it is approved."
        )


class TestListInvoices:
    def test_keeps_to_a_contract_and_a_status(self, api: JSONClient) -> None:
        wanted, other = submit(), submit()
        invoices.approve_invoice(invoice_id=other, on=JUNE)

        found = api.get("invoicing/invoices", status="submitted").json()

        assert [invoice["id"] for invoice in found["items"]] == [str(wanted)]
