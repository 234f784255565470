"""Budgets of an earlier system: taken over, and dropped again before another try."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bulkhead.transactions import transactional
from components.budgeting.db.models import BudgetRow
from components.budgeting.db.repositories import BudgetRepository
from components.budgeting.domain.budgets import Budget, BudgetExistsError
from components.budgeting.domain.past import PastBudgetLine


@transactional
def take_over_budget(*, project_id: int, currency: str, lines: Sequence[PastBudgetLine]) -> None:
    """Give a project the budget that it had."""
    budgets = BudgetRepository()
    if budgets.of_projects(project_ids=[project_id]):
        raise BudgetExistsError(project_id)
    budget = Budget(project_id=project_id, currency=currency)
    for line in lines:
        budget.plan(cost_code=line.cost_code, title=line.title, planned=line.planned)
    budgets.add(budget)


@transactional
def drop_budgets(*, project_ids: Collection[int]) -> None:
    """Remove the budgets of these projects with their lines."""
    BudgetRow.objects.filter(project_id__in=project_ids).delete()
