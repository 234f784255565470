"""What can be asked of budgets and done with them, and what is raised where there is none."""

from __future__ import annotations

from components.budgeting.db.repositories import BudgetNotFoundError

__all__ = ["BudgetNotFoundError"]
