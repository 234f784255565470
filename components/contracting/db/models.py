"""The rows of contracts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bulkhead.references import ReferenceField
from components.contracting.domain.change_orders import ChangeOrderStatus
from components.contracting.domain.contracts import ContractStatus


class ContractRow(models.Model):
    """A contract; its project and its company live in the legacy app."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    project_id = ReferenceField(
        "portfolio.Project", "project", column=models.BigIntegerField(), db_index=True
    )
    company_id = ReferenceField(
        "portfolio.Company", "company", column=models.BigIntegerField(), db_index=True
    )
    cost_code = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    retention_percent = models.DecimalField(max_digits=5, decimal_places=2)
    status = models.CharField(
        max_length=10, choices=[(status.value, status.value.title()) for status in ContractStatus]
    )
    signed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    agreed_sum = models.DecimalField(max_digits=18, decimal_places=4)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """How contracts are called, sorted and kept sound."""

        verbose_name = "contract"
        permissions: ClassVar = [
            ("draft_contract", "Can draft contracts and propose change orders"),
            ("sign_contract", "Can sign and close contracts, and decide change orders"),
        ]
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["status", "number"], name="contract_by_status"),
            models.Index(fields=["agreed_sum", "id"], name="contract_by_agreed_sum"),
            models.Index(fields=["signed_on", "id"], name="contract_by_signing"),
            models.Index(fields=["status", "agreed_sum", "id"], name="contract_by_status_sum"),
            models.Index(fields=["status", "signed_on", "id"], name="contract_by_status_signing"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(retention_percent__range=(0, 100)), name="contract_retention_is_percent"
            ),
            models.CheckConstraint(
                condition=Q(agreed_sum__gte=0), name="contract_agreed_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", signed_on=None)
                | Q(~Q(status="draft"), signed_on__isnull=False),
                name="contract_signed_has_date",
            ),
        ]

    def __str__(self) -> str:
        """Return number and title."""
        return f"{self.number} {self.title}"


class LineItemRow(models.Model):
    """A piece of work at a price."""

    contract = models.ForeignKey(ContractRow, models.CASCADE, related_name="line_items")
    position = models.PositiveIntegerField()
    description = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    unit = models.CharField(max_length=10)
    unit_price = models.DecimalField(max_digits=18, decimal_places=4)
    currency = models.CharField(max_length=3)

    class Meta:
        """How line items are called and sorted."""

        verbose_name = "line item"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "position"], name="line_item_place")
        ]

    def __str__(self) -> str:
        """Return what is to be done."""
        return self.description


class ChangeOrderRow(models.Model):
    """More work, or less, than the line items say."""

    id = models.UUIDField(primary_key=True)
    contract = models.ForeignKey(ContractRow, models.CASCADE, related_name="change_orders")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=18, decimal_places=4)
    currency = models.CharField(max_length=3)
    status = models.CharField(
        max_length=10,
        choices=[(status.value, status.value.title()) for status in ChangeOrderStatus],
    )
    proposed_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        """How change orders are called, sorted and kept sound."""

        verbose_name = "change order"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "number"], name="change_order_number"),
            models.CheckConstraint(
                condition=Q(status="proposed", decided_on=None)
                | Q(~Q(status="proposed"), decided_on__gte=F("proposed_on")),
                name="change_order_decided_has_date",
            ),
        ]

    def __str__(self) -> str:
        """Return number and reason."""
        return f"{self.number} {self.reason}"
