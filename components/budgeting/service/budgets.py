"""Budgets: asked for, opened, planned."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError

from bulkhead.absent import Absent
from bulkhead.transactions import transactional
from components.budgeting.db.repositories import BudgetNotFoundError, BudgetRepository
from components.budgeting.domain.budgets import Budget, BudgetExistsError, BudgetLine
from components.shared_kernel.money import Money


def get_budget(*, project_id: int) -> Budget:
    """Return the budget of a project, and raise BudgetNotFoundError where it has none."""
    found = BudgetRepository().of_projects(project_ids=[project_id])
    if not found:
        raise BudgetNotFoundError("Budget", project_id)  # noqa: EM101 - a name
    return found[0]


@transactional
def open_budget(*, project_id: int, currency: str) -> Budget:
    """Give a project a budget without lines."""
    budgets = BudgetRepository()
    if budgets.of_projects(project_ids=[project_id]):
        raise BudgetExistsError(project_id)
    try:
        return budgets.add(Budget(project_id=project_id, currency=currency))
    except IntegrityError as error:  # somebody was faster
        raise BudgetExistsError(project_id) from error


@transactional(retry=3)
def plan_anew(
    *, budget_id: UUID, lines: Sequence[BudgetLine], version: int | None = None
) -> Budget:
    """Plan these lines and no others."""
    budgets = BudgetRepository()
    budget = budgets.get(budget_id, version=version, lock=True)
    budget.plan_anew(lines)
    return budgets.save(budget)


@transactional(retry=3)
def plan_line(
    *, project_id: int, cost_code: str, title: str, planned: Money, version: int | None = None
) -> Budget:
    """Add a line to the budget of a project."""
    budget = _locked(project_id, version)
    budget.plan(cost_code=cost_code, title=title, planned=planned)
    return BudgetRepository().save(budget)


@transactional(retry=3)
def revise_line(
    *,
    project_id: int,
    cost_code: str,
    title: str | Absent = Absent.ABSENT,
    planned: Money | Absent = Absent.ABSENT,
    version: int | None = None,
) -> Budget:
    """Plan another sum for a line, or call it something else; what is absent stays."""
    budget = _locked(project_id, version)
    if title is not Absent.ABSENT:
        budget.rename(cost_code=cost_code, title=title)
    if planned is not Absent.ABSENT:
        budget.revise(cost_code=cost_code, planned=planned)
    return BudgetRepository().save(budget)


@transactional(retry=3)
def shift_budget(
    *, project_id: int, amount: Money, source: str, target: str, version: int | None = None
) -> Budget:
    """Plan more for one line and less for another."""
    budget = _locked(project_id, version)
    budget.shift(amount, source=source, target=target)
    return BudgetRepository().save(budget)


def _locked(project_id: int, version: int | None) -> Budget:
    """Return the budget to change; whoever changes another line of it waits for its turn."""
    key = get_budget(project_id=project_id).id
    return BudgetRepository().get(key, version=version, lock=True)
