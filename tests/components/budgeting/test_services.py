"""The services of budgeting, which asks the other two in bulk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from bulkhead.testing.queries import CapturedQueries
from components.budgeting import public as budgeting
from components.budgeting.domain.budgets import BudgetExistsError, CostCodeTakenError
from components.budgeting.service import BudgetNotFoundError, budgets, cost_reports
from components.shared_kernel.money import Money
from tests.components.contracts import approve_change, propose_change, sign_contract
from tests.components.invoices import euro, reject_invoice, submit_invoice

pytestmark = pytest.mark.component("budgeting")


@pytest.fixture
def project_id() -> int:
    return planned_project(7)


def planned_project(project_id: int) -> int:
    budgets.open_budget(project_id=project_id, currency="EUR")
    for cost_code, planned in [("330", 1000), ("360", 500)]:
        budgets.plan_line(
            project_id=project_id,
            cost_code=cost_code,
            title=f"Part {cost_code}",
            planned=euro(planned),
        )
    return project_id


def invoiced_contract(project_id: int, cost_code: str, *, agreed: int, invoiced: int) -> None:
    contract = sign_contract(agreed, project_id=project_id, cost_code=cost_code)
    submit_invoice(contract.id, str(invoiced))


class TestBudgets:
    def test_are_stored_with_their_lines(self, project_id: int) -> None:
        found = budgets.get_budget(project_id=project_id)

        assert [line.cost_code for line in found.lines] == ["330", "360"]
        assert found.planned == euro(1500)

    def test_are_one_for_a_project(self, project_id: int) -> None:
        with pytest.raises(BudgetExistsError) as refused:
            budgets.open_budget(project_id=project_id, currency="USD")

        assert str(refused.value) == ("Project 7 has a budget already. Add lines to that one.")

    def test_are_named_where_they_are_not_there(self) -> None:
        with pytest.raises(BudgetNotFoundError) as refused:
            budgets.get_budget(project_id=8)

        assert str(refused.value) == "No Budget has the key 8."

    def test_keep_a_refused_line_out(self, project_id: int) -> None:
        with pytest.raises(CostCodeTakenError):
            budgets.plan_line(project_id=project_id, cost_code="330", title="", planned=euro(1))

        assert len(budgets.get_budget(project_id=project_id).lines) == 2

    def test_are_revised_and_shifted(self, project_id: int) -> None:
        budgets.revise_line(project_id=project_id, cost_code="330", planned=euro(1200))
        budgets.shift_budget(project_id=project_id, amount=euro(200), source="330", target="360")

        found = budgets.get_budget(project_id=project_id)
        assert [line.planned for line in found.lines] == [euro(1000), euro(700)]

    def test_are_renamed(self, project_id: int) -> None:
        before = budgets.get_budget(project_id=project_id).lines

        budgets.revise_line(project_id=project_id, cost_code="330", title="Façade")

        after = budgets.get_budget(project_id=project_id).lines
        assert [line.title for line in after] == ["Façade", before[1].title]
        assert [line.planned for line in after] == [line.planned for line in before]


class TestReportCosts:
    def test_compares_plan_contracts_and_invoices(self, project_id: int) -> None:
        invoiced_contract(project_id, "330", agreed=800, invoiced=300)
        invoiced_contract(project_id, "360", agreed=600, invoiced=100)

        report = cost_reports.report_costs(project_id=project_id)

        assert (report.planned, report.committed, report.invoiced, report.left) == (
            euro(1500),
            euro(1400),
            euro(400),
            euro(100),
        )

    def test_counts_no_draft_and_no_rejected_invoice(self, project_id: int) -> None:
        contract = sign_contract(800, project_id=project_id)
        reject_invoice(submit_invoice(contract.id, "800").id)

        report = cost_reports.report_costs(project_id=project_id)

        assert (report.committed, report.invoiced) == (euro(800), euro(0))

    def test_shows_a_contract_that_was_lowered_below_its_invoices(self, project_id: int) -> None:
        contract = sign_contract(800, project_id=project_id)
        submit_invoice(contract.id, "800")
        approve_change(propose_change(contract.id, -300))

        report = cost_reports.report_costs(project_id=project_id)

        [overrun] = report.overruns
        assert (overrun.number, overrun.excess) == (contract.number, euro(300))

    def test_keeps_contracts_in_other_currencies_apart(self, project_id: int) -> None:
        sign_contract(800, project_id=project_id, currency="USD")

        report = cost_reports.report_costs(project_id=project_id)

        assert report.committed == euro(0)
        assert report.other_currencies == (Money.of(800, "USD"),)

    def test_says_that_a_project_has_no_budget(self) -> None:
        with pytest.raises(budgeting.BudgetNotFoundError):
            budgeting.report_costs(project_id=8)

    def test_asks_no_more_for_many_contracts_than_for_one(
        self,
        project_id: int,
        capture_queries: Callable[[], AbstractContextManager[CapturedQueries]],
    ) -> None:
        invoiced_contract(project_id, "330", agreed=800, invoiced=300)
        with capture_queries() as for_one:
            budgeting.report_costs(project_id=project_id)
        for number in range(10):
            budgets.plan_line(
                project_id=project_id, cost_code=f"4{number}0", title="More", planned=euro(1)
            )
            invoiced_contract(project_id, f"4{number}0", agreed=800, invoiced=300)

        with capture_queries() as for_many:
            budgeting.report_costs(project_id=project_id)

        assert len(for_many) == len(for_one) == 4, str(for_many)


class TestReportCostsOfProjects:
    def test_tells_the_same_as_one_report_each(self) -> None:
        projects = [planned_project(number) for number in (1, 2)]
        for project_id in projects:
            invoiced_contract(project_id, "330", agreed=800, invoiced=300)

        reports = budgeting.report_costs_of_projects(project_ids=projects)

        assert reports == [budgeting.report_costs(project_id=each) for each in projects]

    def test_leaves_out_projects_without_a_budget(self, project_id: int) -> None:
        [report] = budgeting.report_costs_of_projects(project_ids=[project_id, 8])

        assert report.project_id == project_id

    def test_asks_no_more_for_many_projects_than_for_one(
        self, capture_queries: Callable[[], AbstractContextManager[CapturedQueries]]
    ) -> None:
        projects = [planned_project(number) for number in range(1, 6)]
        for project_id in projects:
            invoiced_contract(project_id, "330", agreed=800, invoiced=300)

        with capture_queries() as for_one:
            budgeting.report_costs_of_projects(project_ids=projects[:1])
        with capture_queries() as for_many:
            budgeting.report_costs_of_projects(project_ids=projects)

        assert len(for_many) == len(for_one), str(for_many)
