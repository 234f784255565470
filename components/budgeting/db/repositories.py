"""Budgets as aggregates."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from bulkhead.repositories import (
    AggregateNotFoundError,
    Repository,
    children,
    composite,
    finder,
)
from components.budgeting.db.models import BudgetLineRow, BudgetRow
from components.budgeting.domain.budgets import Budget, BudgetLine
from components.shared_kernel.money import Money


class BudgetNotFoundError(AggregateNotFoundError):
    """No project of this id has a budget."""


class BudgetRepository(Repository[Budget, BudgetRow]):
    """Budgets with their lines."""

    not_found = BudgetNotFoundError

    lines = children(
        BudgetLine,
        BudgetLineRow,
        order_by="position",
        planned=composite(Money, amount="planned", currency="currency"),
    )

    @finder
    def of_projects(self, *, project_ids: Collection[int]) -> Q:
        """Find the budgets of these projects, one for each that has one."""
        return Q(project_id__in=project_ids)
