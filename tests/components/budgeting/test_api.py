"""Budgeting over HTTP."""

from __future__ import annotations

import pytest

from components.budgeting.service import budgets
from tests.components.conftest import JSONClient
from tests.components.contracts import sign_contract
from tests.components.invoices import euro

pytestmark = pytest.mark.component("budgeting")


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


class TestBudget:
    def test_is_opened_planned_revised_and_shifted(self, api: JSONClient) -> None:
        path = "budgeting/projects/7/budget"

        opened = api.post(path, {"currency": "EUR"})
        for cost_code, planned in [("330", "1000"), ("360", "500")]:
            api.post(
                f"{path}/lines",
                {"cost_code": cost_code, "title": "Part", "planned": money(planned)},
            )
        api.patch(f"{path}/lines/330", {"planned": money("1200")})
        shift = {"amount": money("200"), "source": "330", "target": "360"}
        shifted = api.post(f"{path}/shift", shift)

        assert opened.status_code == 201
        assert [line["planned"]["amount"] for line in shifted.json()["lines"]] == [
            "1000.00",
            "700.00",
        ]
        assert api.get(path).json() == shifted.json()

    def test_names_its_lines_where_one_is_unknown(self, api: JSONClient) -> None:
        budgets.open_budget(project_id=7, currency="EUR")

        response = api.patch("budgeting/projects/7/budget/lines/330", {"planned": money("1")})

        assert response.status_code == 409
        assert response.json()["detail"] == "The budget has no line 330. Its lines: none."


class TestReviseLine:
    PATH = "budgeting/projects/7/budget/lines/330"

    @pytest.fixture(autouse=True)
    def _walls(self) -> None:
        budgets.open_budget(project_id=7, currency="EUR")
        budgets.plan_line(project_id=7, cost_code="330", title="Walls", planned=euro(1000))

    @pytest.mark.parametrize(
        ("sent", "title", "planned"),
        [
            ({}, "Walls", "1000.00"),
            ({"title": "Façade"}, "Façade", "1000.00"),
            ({"planned": money("7")}, "Walls", "7.00"),
            ({"title": "Façade", "planned": money("7")}, "Façade", "7.00"),
        ],
    )
    def test_leaves_what_was_not_sent(
        self, api: JSONClient, sent: dict[str, object], title: str, planned: str
    ) -> None:
        response = api.patch(self.PATH, sent)

        [line] = response.json()["lines"]
        assert response.status_code == 200
        assert (line["title"], line["planned"]["amount"]) == (title, planned)

    @pytest.mark.parametrize(
        ("sent", "pointer"),
        [
            ({"title": None}, "#/title"),
            ({"title": " "}, "#/title"),
            ({"planned": None}, "#/planned"),
            ({"cost_code": "360"}, "#/cost_code"),
            ({"planned": {**money("7"), "rate": "1"}}, "#/planned/rate"),
        ],
    )
    def test_points_at_what_it_does_not_take(
        self, api: JSONClient, sent: dict[str, object], pointer: str
    ) -> None:
        response = api.patch(self.PATH, sent)

        assert response.status_code == 422
        assert [error["pointer"] for error in response.json()["errors"]] == [pointer]

    def test_is_told_of_the_rule_that_refuses(self, api: JSONClient) -> None:
        response = api.patch(self.PATH, {"planned": money("-1")})

        assert response.status_code == 409
        assert response.json()["title"] == "Negative plan"


class TestCostReport:
    def test_tells_what_is_left(self, api: JSONClient) -> None:
        budgets.open_budget(project_id=7, currency="EUR")
        budgets.plan_line(project_id=7, cost_code="330", title="Walls", planned=euro(1000))
        sign_contract(800, project_id=7)

        report = api.get("budgeting/projects/7/cost-report").json()

        assert report == {
            "project_id": 7,
            "currency": "EUR",
            "lines": [
                {
                    "cost_code": "330",
                    "title": "Walls",
                    "planned": money("1000.00"),
                    "committed": money("800.00"),
                    "invoiced": money("0.00"),
                    "left": money("200.00"),
                }
            ],
            "planned": money("1000.00"),
            "committed": money("800.00"),
            "invoiced": money("0.00"),
            "left": money("200.00"),
            "overruns": [],
            "other_currencies": [],
        }

    @pytest.mark.parametrize("project_id", [8, 2**63 - 1])
    def test_is_unknown_without_a_budget(self, api: JSONClient, project_id: int) -> None:
        response = api.get(f"budgeting/projects/{project_id}/cost-report")

        assert response.status_code == 404
        assert response.json()["detail"] == f"No Budget has the key {project_id}."

    def test_refuses_an_id_that_no_row_can_have(self, api: JSONClient) -> None:
        response = api.get(f"budgeting/projects/{2**63}/cost-report")

        assert response.status_code == 422
