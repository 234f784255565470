"""Budgets as an earlier system knew them."""

from __future__ import annotations

from dataclasses import dataclass

from components.shared_kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PastBudgetLine:
    """What one part of the building was to cost."""

    cost_code: str
    title: str
    planned: Money
