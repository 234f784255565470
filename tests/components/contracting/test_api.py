"""Contracting over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from components.contracting.service import change_orders, contracts
from components.shared_kernel.money import Money
from tests.components.conftest import JSONClient
from tests.components.contracts import JUNE, MAY, draft_contract, item, sign_contract

pytestmark = pytest.mark.component("contracting")


def body_of_contract(**changed: object) -> dict[str, Any]:
    return {
        "number": "C-2026/1",
        "title": "Shell",
        "project_id": 1,
        "company_id": 2,
        "cost_code": "330",
        "currency": "EUR",
        "retention_percent": "5.00",
        "line_items": [body_of_item()],
    } | changed


def body_of_item(**changed: object) -> dict[str, Any]:
    return {
        "description": "Concrete C25/30",
        "quantity": "2.500",
        "unit": "m³",
        "unit_price": {"amount": "100.00", "currency": "EUR"},
    } | changed


class TestDraftContract:
    def test_answers_the_stored_contract(self, api: JSONClient) -> None:
        response = api.post("contracting/contracts", body_of_contract())

        drafted = response.json()
        assert response.status_code == 201
        assert drafted["status"] == "draft"
        assert drafted["agreed_sum"] == {"amount": "0.00", "currency": "EUR"}
        assert drafted["line_items"][0]["amount"] == {"amount": "250.00", "currency": "EUR"}
        assert api.get(f"contracting/contracts/{drafted['id']}").json() == drafted

    @pytest.mark.parametrize(
        ("changed", "pointer", "detail"),
        [
            (
                {"currency": "EURO"},
                "#/currency",
                "'EURO' is no currency. Write its code of ISO 4217 in capitals, such as EUR.",
            ),
            (
                {"line_items": [body_of_item(unit_price={"amount": "0.005", "currency": "EUR"})]},
                "#/line_items/0/unit_price",
                "0.005 is no exact amount of EUR",
            ),
            (
                {"line_items": [body_of_item(unit_price={"amount": "1e10", "currency": "EUR"})]},
                "#/line_items/0/unit_price",
                "10,000,000,000.00 EUR is too large",
            ),
            (
                {"line_items": [body_of_item(unit_price={"amount": "5e9", "currency": "EUR"})]},
                "#/line_items/0",
                "12,500,000,000.00 EUR is too large",
            ),
            ({"status": "signed"}, "#/status", "Extra inputs are not permitted"),
        ],
    )
    def test_points_at_what_is_wrong(
        self, api: JSONClient, changed: dict[str, Any], pointer: str, detail: str
    ) -> None:
        response = api.post("contracting/contracts", body_of_contract(**changed))

        [error] = response.json()["errors"]
        assert response.status_code == 422
        assert error["pointer"] == pointer
        assert detail in error["detail"]

    def test_refuses_a_number_twice(self, api: JSONClient) -> None:
        number = draft_contract().number

        response = api.post("contracting/contracts", body_of_contract(number=number))

        assert response.status_code == 409
        assert response.json()["detail"] == (
            f"There is a contract {number} already. Choose another number."
        )


class TestContract:
    def test_is_signed_changed_and_closed(self, api: JSONClient) -> None:
        contract = draft_contract()
        path = f"contracting/contracts/{contract.id}"

        api.post(f"{path}/line-items", body_of_item())
        api.post(f"{path}/sign")
        change = {"reason": "Longer piles", "amount": {"amount": "-50", "currency": "EUR"}}
        order = api.post(f"{path}/change-orders", change).json()["change_orders"][0]
        changed = api.post(f"contracting/change-orders/{order['id']}/approve")
        closed = api.post(f"{path}/close")

        assert changed.json()["agreed_sum"] == {"amount": "1200.00", "currency": "EUR"}
        assert (closed.status_code, closed.json()["status"]) == (200, "closed")

    def test_says_which_rule_refuses(self, api: JSONClient) -> None:
        contract = sign_contract()

        response = api.post(f"contracting/contracts/{contract.id}/sign")

        assert response.status_code == 409
        assert response.content_type == "application/problem+json"
        problem = response.json()
        assert problem["title"] == "Wrong contract status"
        assert problem["detail"] == (
            f"Contract {contract.number} is signed, and this is possible only while it is draft."
        )
        assert (problem["status"], problem["number"]) == (409, contract.number)

    def test_is_unknown(self, api: JSONClient) -> None:
        missing = uuid4()

        response = api.get(f"contracting/contracts/{missing}")

        assert response.status_code == 404
        assert response.json()["detail"] == f"No Contract has the key {missing}."


class TestChangeOrder:
    def test_is_rejected(self, api: JSONClient) -> None:
        contract = sign_contract(1000)
        changed = change_orders.propose_change_order(
            contract_id=contract.id, reason="Piles", amount=Money.of(1, "EUR"), on=JUNE
        )

        response = api.post(f"contracting/change-orders/{changed.change_orders[0].id}/reject")

        assert response.json()["change_orders"][0]["status"] == "rejected"
        assert response.json()["agreed_sum"]["amount"] == "1000.00"

    def test_is_unknown(self, api: JSONClient) -> None:
        response = api.post(f"contracting/change-orders/{uuid4()}/approve")

        assert response.status_code == 404


class TestListContracts:
    def test_pages_through_a_project(self, api: JSONClient) -> None:
        for _ in range(3):
            draft_contract(project_id=9)
        draft_contract(project_id=8)

        first = api.get("contracting/contracts", project_id=9, size=2).json()
        second = api.get(
            "contracting/contracts", project_id=9, size=2, after=first["next_cursor"]
        ).json()

        assert (len(first["items"]), len(second["items"])) == (2, 1)
        assert second["next_cursor"] is None

    @pytest.mark.parametrize(
        ("order_by", "expected"),
        [
            ("number", ["A", "B", "C"]),
            ("-number", ["C", "B", "A"]),
            ("-agreed_sum", ["B", "C", "A"]),
            ("-signed_on", ["C", "B", "A"]),
        ],
    )
    def test_is_ordered_as_asked(self, api: JSONClient, order_by: str, expected: list[str]) -> None:
        draft_contract(item(7), number="A")
        for number, price, day in [("B", 9, MAY), ("C", 8, JUNE)]:
            drafted = draft_contract(item(price), number=number)
            contracts.sign_contract(contract_id=drafted.id, on=day)

        first = api.get("contracting/contracts", order_by=order_by, size=2).json()
        second = api.get(
            "contracting/contracts", order_by=order_by, size=2, after=first["next_cursor"]
        ).json()

        assert [each["number"] for each in first["items"] + second["items"]] == expected

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({"text": "hell"}, ["A", "B"]),
            ({"text": "b"}, ["B"]),
            ({"company_id": 3}, []),
            ({"status": ["draft", "closed"]}, ["A", "B"]),
            ({"status": "signed"}, []),
        ],
    )
    def test_keeps_to_what_fits(
        self, api: JSONClient, query: dict[str, Any], expected: list[str]
    ) -> None:
        draft_contract(number="A")
        draft_contract(number="B")

        found = api.get("contracting/contracts", count="true", **query).json()

        assert [each["number"] for each in found["items"]] == expected
        assert found["total"] == len(expected)

    def test_refuses_a_cursor_that_it_did_not_give(self, api: JSONClient) -> None:
        response = api.get("contracting/contracts", after="forged")

        assert response.status_code == 400

    @pytest.mark.parametrize(
        "query",
        [{"project_id": 2**63}, {"size": 0}, {"size": 201}, {"status": "open"}, {"state": "draft"}],
    )
    def test_refuses_what_it_does_not_understand(
        self, api: JSONClient, query: dict[str, Any]
    ) -> None:
        assert api.get("contracting/contracts", **query).status_code == 422

    def test_is_for_those_who_are_signed_in(self) -> None:
        assert Client().get("/api/contracting/contracts").status_code == 401
