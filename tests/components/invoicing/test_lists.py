"""The list of invoices over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from components.invoicing.service import invoices
from tests.components.conftest import JSONClient
from tests.components.contracts import sign_contract
from tests.components.invoices import line

pytestmark = pytest.mark.component("invoicing")


@pytest.fixture
def contract_id() -> UUID:
    """Three invoices: R-1 of the first of May, R-2 and X-3 of the days after, all due later."""
    contract = sign_contract()
    for day, due, number in [(1, 20, "R-1"), (2, 10, "R-2"), (3, 15, "X-3")]:
        invoices.submit_invoice(
            contract_id=contract.id,
            number=number,
            issued_on=date(2026, 5, day),
            due_on=date(2026, 6, due),
            lines=[line("1")],
        )
    return contract.id


def numbers(api: JSONClient, **query: object) -> list[str]:
    return [invoice["number"] for invoice in api.get("invoicing/invoices", **query).json()["items"]]


@pytest.mark.usefixtures("contract_id")
class TestOrder:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({}, ["X-3", "R-2", "R-1"]),
            ({"order_by": "-issued_on"}, ["X-3", "R-2", "R-1"]),
            ({"order_by": "issued_on"}, ["R-1", "R-2", "X-3"]),
            ({"order_by": "due_on"}, ["R-2", "X-3", "R-1"]),
            ({"order_by": "number"}, ["R-1", "R-2", "X-3"]),
        ],
    )
    def test_goes_through_all_pages(
        self, api: JSONClient, query: dict[str, Any], expected: list[str]
    ) -> None:
        first = api.get("invoicing/invoices", size=2, **query).json()
        second = api.get("invoicing/invoices", size=2, after=first["next_cursor"], **query).json()

        assert [each["number"] for each in first["items"] + second["items"]] == expected
        assert second["next_cursor"] is None


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({"status": "approved"}, ["R-1"]),
            ({"status": ["approved", "submitted"]}, ["R-1", "R-2", "X-3"]),
            ({"issued_from": "2026-05-02"}, ["R-2", "X-3"]),
            ({"issued_to": "2026-05-02"}, ["R-1", "R-2"]),
            ({"due_to": "2026-06-15"}, ["R-2", "X-3"]),
            ({"number": "r-"}, ["R-1", "R-2"]),
        ],
    )
    def test_keep_to_what_fits(
        self, api: JSONClient, contract_id: UUID, query: dict[str, Any], expected: list[str]
    ) -> None:
        first = numbers(api, order_by="number", size=1)
        [approved] = api.get("invoicing/invoices", order_by="number", size=1).json()["items"]
        invoices.approve_invoice(invoice_id=UUID(approved["id"]), on=date(2026, 6, 1))

        found = api.get("invoicing/invoices", order_by="number", count="true", **query).json()

        assert first == ["R-1"]
        assert [each["number"] for each in found["items"]] == expected
        assert found["total"] == len(expected)

    def test_keep_to_a_contract(self, api: JSONClient, contract_id: UUID) -> None:
        other = sign_contract()

        assert len(numbers(api, contract_id=contract_id)) == 3
        assert numbers(api, contract_id=other.id) == []

    @pytest.mark.parametrize(
        ("query", "pointer"),
        [
            ({"state": "paid"}, "#/state"),
            ({"status": "lost"}, "#/status/0"),
            ({"issued_from": "May"}, "#/issued_from"),
            ({"order_by": "total"}, "#/order_by"),
        ],
    )
    def test_are_refused_where_they_are_unknown(
        self, api: JSONClient, query: dict[str, Any], pointer: str
    ) -> None:
        response = api.get("invoicing/invoices", **query)

        assert response.status_code == 422
        assert [each["pointer"] for each in response.json()["errors"]] == [pointer]


class TestCursor:
    @pytest.mark.usefixtures("contract_id")
    def test_is_of_no_use_to_somebody_else(self, api: JSONClient) -> None:
        other = JSONClient("invoicing.view_invoicerow", name="auditor")

        cursor = api.get("invoicing/invoices", size=1).json()["next_cursor"]
        response = other.get("invoicing/invoices", size=1, after=cursor)

        assert response.status_code == 400
        assert response.json()["title"] == "Bad cursor"
