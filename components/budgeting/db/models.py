"""The rows of budgets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bulkhead.references import ReferenceField


class BudgetRow(models.Model):
    """What a project may cost; the project lives in the legacy app."""

    id = models.UUIDField(primary_key=True)
    project_id = ReferenceField(
        "portfolio.Project", "project", column=models.BigIntegerField(), unique=True
    )
    currency = models.CharField(max_length=3)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """How budgets are called and sorted."""

        verbose_name = "budget"
        permissions: ClassVar = [("plan_budget", "Can open and plan budgets")]
        ordering: ClassVar = ["project_id"]

    def __str__(self) -> str:
        """Return whose budget it is."""
        return f"Budget of project {self.project_id}"


class BudgetLineRow(models.Model):
    """What one part of the building may cost."""

    id = models.UUIDField(primary_key=True)
    budget = models.ForeignKey(BudgetRow, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    cost_code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    planned = models.DecimalField(max_digits=18, decimal_places=4)
    currency = models.CharField(max_length=3)

    class Meta:
        """How lines are called, sorted and kept sound."""

        verbose_name = "budget line"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["budget", "position"], name="budget_line_place"),
            models.UniqueConstraint(fields=["budget", "cost_code"], name="budget_line_cost_code"),
            models.CheckConstraint(condition=Q(planned__gte=0), name="budget_line_is_positive"),
        ]

    def __str__(self) -> str:
        """Return code and title."""
        return f"{self.cost_code} {self.title}"
