"""Budgets in the admin, to look at."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from bulkhead.admin import AggregateAdmin, AggregateTabularInline
from components.budgeting.db.models import BudgetLineRow, BudgetRow
from components.budgeting.service import budgets
from components.shared_kernel.money import Money


class BudgetLineInline(AggregateTabularInline):
    """What each part of the building may cost."""

    model = BudgetLineRow
    initial: ClassVar = {"currency": "EUR"}
    fields = ("cost_code", "title", "planned", "currency")
    read_fields = ("cost_code", "title", "sum")
    readonly_fields = ("sum",)

    @admin.display(description="planned")
    def sum(self, row: BudgetLineRow) -> str:
        """Return what is planned, with its currency."""
        return Money(row.planned, row.currency).unbroken


@admin.register(BudgetRow)
class BudgetAdmin(AggregateAdmin):
    """Budgets, opened and planned by forms."""

    add_with = budgets.open_budget
    change_with = budgets.plan_anew
    list_display = ("project_id", "currency")
    list_filter = ("currency",)
    search_fields = ("project_id", "lines__cost_code", "lines__title")
    fields = ("project_id", "currency")
    inlines: ClassVar = [BudgetLineInline]
