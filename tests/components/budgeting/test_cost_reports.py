"""A cost report: planned, committed, invoiced, left."""

from __future__ import annotations

from uuid import UUID

import pytest

from components.budgeting.domain.budgets import Budget
from components.budgeting.domain.cost_reports import Commitment, CostLine, Overrun, cost_report
from components.shared_kernel.money import Money

SHELL = UUID(int=1)


def euro(amount: str | int) -> Money:
    return Money.of(amount, "EUR")


def commitment(
    *, cost_code: str = "330", agreed: int, invoiced: int = 0, currency: str = "EUR"
) -> Commitment:
    return Commitment(
        contract_id=SHELL,
        number="C-100",
        title="Shell",
        cost_code=cost_code,
        agreed=Money.of(agreed, currency),
        invoiced=Money.of(invoiced, currency),
    )


@pytest.fixture
def budget() -> Budget:
    budget = Budget(project_id=7, currency="EUR")
    budget.plan(cost_code="330", title="Outer walls", planned=euro(1000))
    budget.plan(cost_code="360", title="Roofs", planned=euro(500))
    return budget


class TestCostReport:
    def test_leaves_what_is_planned_where_nothing_is_committed(self, budget: Budget) -> None:
        report = cost_report(budget, [])

        assert (report.planned, report.committed, report.left) == (euro(1500), euro(0), euro(1500))

    def test_adds_up_the_contracts_of_a_line(self, budget: Budget) -> None:
        report = cost_report(
            budget, [commitment(agreed=600, invoiced=200), commitment(agreed=300, invoiced=100)]
        )

        assert report.lines[0] == CostLine(
            cost_code="330",
            title="Outer walls",
            planned=euro(1000),
            committed=euro(900),
            invoiced=euro(300),
            left=euro(100),
        )

    def test_adds_up_the_lines(self, budget: Budget) -> None:
        report = cost_report(
            budget,
            [
                commitment(agreed=600, invoiced=200),
                commitment(cost_code="360", agreed=700, invoiced=10),
            ],
        )

        assert (report.planned, report.committed, report.invoiced, report.left) == (
            euro(1500),
            euro(1300),
            euro(210),
            euro(200),
        )

    def test_shows_an_overrun_of_the_plan_below_zero(self, budget: Budget) -> None:
        report = cost_report(budget, [commitment(cost_code="360", agreed=700)])

        assert report.lines[1].left == euro(-200)

    def test_shows_what_nobody_planned_after_the_budget(self, budget: Budget) -> None:
        report = cost_report(
            budget,
            [commitment(cost_code="540", agreed=70), commitment(cost_code="410", agreed=30)],
        )

        assert [line.cost_code for line in report.lines] == ["330", "360", "410", "540"]
        assert report.lines[2] == CostLine(
            cost_code="410",
            title="Not in the budget",
            planned=euro(0),
            committed=euro(30),
            invoiced=euro(0),
            left=euro(-30),
        )

    def test_has_no_overrun_where_all_that_is_agreed_is_invoiced(self, budget: Budget) -> None:
        report = cost_report(budget, [commitment(agreed=600, invoiced=600)])

        assert report.overruns == ()

    def test_names_a_contract_that_was_lowered_below_its_invoices(self, budget: Budget) -> None:
        report = cost_report(budget, [commitment(agreed=600, invoiced=650)])

        assert report.overruns == (
            Overrun(
                contract_id=SHELL,
                number="C-100",
                title="Shell",
                agreed=euro(600),
                invoiced=euro(650),
                excess=euro(50),
            ),
        )

    def test_expects_an_overrun_to_be_paid(self, budget: Budget) -> None:
        report = cost_report(
            budget, [commitment(agreed=600, invoiced=650), commitment(agreed=300, invoiced=0)]
        )

        assert report.lines[0].left == euro(50)

    def test_keeps_other_currencies_apart(self, budget: Budget) -> None:
        report = cost_report(
            budget,
            [
                commitment(agreed=600),
                commitment(agreed=10, currency="USD"),
                commitment(agreed=20, currency="USD"),
                commitment(agreed=5, currency="CHF"),
            ],
        )

        assert report.committed == euro(600)
        assert report.other_currencies == (Money.of(5, "CHF"), Money.of(30, "USD"))
