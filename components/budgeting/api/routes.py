"""The endpoints of budgeting."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest

from bulkhead.api import IfMatch, Path, Router
from components.budgeting.api.schemas import (
    BudgetIn,
    BudgetLineIn,
    BudgetOut,
    RevisionIn,
    ShiftIn,
)
from components.budgeting.domain.budgets import Budget
from components.budgeting.domain.published import CostReport
from components.budgeting.service import budgets, cost_reports

router = Router(permission="budgeting.view_budgetrow")

ProjectId = Annotated[int, Path(ge=1, lt=2**63)]


@router.get("/projects/{int:project_id}/cost-report")
def report_costs(request: HttpRequest, project_id: ProjectId) -> CostReport:
    """Show what a project was to cost, what is committed, what is invoiced, and what is left."""
    del request
    return cost_reports.report_costs(project_id=project_id)


@router.get("/projects/{int:project_id}/budget", response=BudgetOut)
def get_budget(request: HttpRequest, project_id: ProjectId) -> Budget:
    """Show the budget of a project with its lines."""
    del request
    return budgets.get_budget(project_id=project_id)


@router.post(
    "/projects/{int:project_id}/budget",
    response={201: BudgetOut},
    permission="budgeting.plan_budget",
    if_match=False,
)
def open_budget(request: HttpRequest, project_id: ProjectId, budget: BudgetIn) -> Budget:
    """Give a project a budget without lines."""
    del request
    return budgets.open_budget(project_id=project_id, currency=budget.currency)


@router.post(
    "/projects/{int:project_id}/budget/lines",
    response=BudgetOut,
    permission="budgeting.plan_budget",
)
def plan_line(
    request: HttpRequest, project_id: ProjectId, line: BudgetLineIn, version: IfMatch[Budget]
) -> Budget:
    """Add a line to a budget."""
    del request
    return budgets.plan_line(
        project_id=project_id,
        cost_code=line.cost_code,
        title=line.title,
        planned=line.planned,
        version=version,
    )


@router.patch(
    "/projects/{int:project_id}/budget/lines/{cost_code}",
    response=BudgetOut,
    permission="budgeting.plan_budget",
)
def revise_line(
    request: HttpRequest,
    project_id: ProjectId,
    cost_code: str,
    revision: RevisionIn,
    version: IfMatch[Budget],
) -> Budget:
    """Plan another sum for a line, or call it something else."""
    del request
    return budgets.revise_line(
        project_id=project_id,
        cost_code=cost_code,
        title=revision.title,
        planned=revision.planned,
        version=version,
    )


@router.post(
    "/projects/{int:project_id}/budget/shift",
    response=BudgetOut,
    permission="budgeting.plan_budget",
)
def shift_budget(
    request: HttpRequest, project_id: ProjectId, shift: ShiftIn, version: IfMatch[Budget]
) -> Budget:
    """Plan more for one line and less for another."""
    del request
    return budgets.shift_budget(
        project_id=project_id,
        amount=shift.amount,
        source=shift.source,
        target=shift.target,
        version=version,
    )
