"""What others may ask of budgeting."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bulkhead.exposed import exposed
from components.budgeting.domain.past import PastBudgetLine
from components.budgeting.domain.published import CostLine, CostReport, Overrun
from components.budgeting.service import BudgetNotFoundError, cost_reports, takeovers

__all__ = [
    "BudgetNotFoundError",
    "CostLine",
    "CostReport",
    "Overrun",
    "PastBudgetLine",
    "drop_budgets",
    "report_costs",
    "report_costs_of_projects",
    "take_over_budget",
]


@exposed
def report_costs(*, project_id: int) -> CostReport:
    """Return the report of a project, and raise BudgetNotFoundError where it has no budget."""
    return cost_reports.report_costs(project_id=project_id)


@exposed
def report_costs_of_projects(*, project_ids: Collection[int]) -> list[CostReport]:
    """Return the reports of those projects that have a budget, by project."""
    return cost_reports.report_costs_of_projects(project_ids=project_ids)


@exposed
def take_over_budget(*, project_id: int, currency: str, lines: Sequence[PastBudgetLine]) -> None:
    """Give a project the budget that it had in an earlier system."""
    takeovers.take_over_budget(project_id=project_id, currency=currency, lines=lines)


@exposed
def drop_budgets(*, project_ids: Collection[int]) -> None:
    """Remove the budgets of these projects with their lines."""
    takeovers.drop_budgets(project_ids=project_ids)
