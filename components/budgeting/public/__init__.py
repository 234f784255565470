"""What others may ask of budgeting."""

from __future__ import annotations

from collections.abc import Collection

from bulkhead.exposed import exposed
from components.budgeting.domain.published import CostLine, CostReport, Overrun
from components.budgeting.service import BudgetNotFoundError, cost_reports

__all__ = [
    "BudgetNotFoundError",
    "CostLine",
    "CostReport",
    "Overrun",
    "report_costs",
    "report_costs_of_projects",
]


@exposed
def report_costs(*, project_id: int) -> CostReport:
    """Return the report of a project, and raise BudgetNotFoundError where it has no budget."""
    return cost_reports.report_costs(project_id=project_id)


@exposed
def report_costs_of_projects(*, project_ids: Collection[int]) -> list[CostReport]:
    """Return the reports of those projects that have a budget, by project."""
    return cost_reports.report_costs_of_projects(project_ids=project_ids)
