"""Budgets in the admin, to look at."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from bulkhead.admin import AggregateAdmin, AggregateTabularInline
from components.budgeting.db.models import BudgetLineRow, BudgetRow


class BudgetLineInline(AggregateTabularInline):
    """What each part of the building may cost."""

    model = BudgetLineRow
    fields = ("position", "cost_code", "title", "planned")


@admin.register(BudgetRow)
class BudgetAdmin(AggregateAdmin):
    """Budgets with their lines."""

    list_display = ("project_id", "currency", "version")
    list_filter = ("currency",)
    search_fields = ("lines__cost_code", "lines__title")
    inlines: ClassVar = [BudgetLineInline]
