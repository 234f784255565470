"""The rows of invoices and of the accounts that guard them."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bulkhead.references import ReferenceField
from components.invoicing.domain.invoices import DeductionKind, InvoiceStatus

_HALF_A_STEP = Decimal("0.00005")
"""Half of what the sums are stored to: SQLite adds as floats, so that 0.1 + 0.2 is above 0.3."""


class ContractAccountRow(models.Model):
    """The running sums of all invoices under one contract."""

    contract_id = ReferenceField("contracting.contract", "contract", primary_key=True)
    currency = models.CharField(max_length=3)
    submitted = models.DecimalField(max_digits=18, decimal_places=4)
    approved = models.DecimalField(max_digits=18, decimal_places=4)
    paid = models.DecimalField(max_digits=18, decimal_places=4)
    retained = models.DecimalField(max_digits=18, decimal_places=4)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """How accounts are called and kept sound."""

        verbose_name = "contract account"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(submitted__gte=0, approved__gte=0, retained__gte=0),
                name="account_sums_are_positive",
            ),
            models.CheckConstraint(
                condition=Q(approved__gte=F("paid") + F("retained") - _HALF_A_STEP),
                name="account_paid_is_approved",
            ),
        ]

    def __str__(self) -> str:
        """Return whose account it is, by the beginning of an id that is too long to read."""
        return f"Account of contract {str(self.contract_id)[:8]}"


class InvoiceRow(models.Model):
    """An invoice; its contract lives in another component."""

    id = models.UUIDField(primary_key=True)
    contract_id = ReferenceField("contracting.contract", "contract")
    number = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    status = models.CharField(
        max_length=10, choices=[(status.value, status.value.title()) for status in InvoiceStatus]
    )
    issued_on = models.DateField()
    due_on = models.DateField()
    retention_percent = models.DecimalField(max_digits=5, decimal_places=2)
    total = models.DecimalField(max_digits=18, decimal_places=4)
    retention = models.DecimalField(max_digits=18, decimal_places=4)
    decided_on = models.DateField(null=True, blank=True)
    rejection_reason = models.CharField(max_length=200, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    retention_released_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """How invoices are called, sorted and kept sound."""

        verbose_name = "invoice"
        permissions: ClassVar = [
            ("submit_invoice", "Can submit invoices"),
            ("approve_invoice", "Can approve and reject invoices"),
            ("pay_invoice", "Can record what is paid of invoices"),
        ]
        ordering: ClassVar = ["-issued_on", "number"]
        indexes: ClassVar = [
            models.Index(fields=["-issued_on", "number"], name="invoice_newest_first"),
            models.Index(fields=["issued_on", "id"], name="invoice_by_issue"),
            models.Index(fields=["due_on", "id"], name="invoice_by_due_date"),
            models.Index(fields=["number", "id"], name="invoice_by_number"),
            models.Index(fields=["status", "issued_on", "id"], name="invoice_by_status_issue"),
            models.Index(fields=["status", "due_on", "id"], name="invoice_by_status_due_date"),
            models.Index(fields=["status", "number", "id"], name="invoice_by_status_number"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract_id", "number"], name="invoice_number"),
            models.CheckConstraint(condition=Q(total__gt=0), name="invoice_total_is_positive"),
            models.CheckConstraint(
                condition=Q(retention__gte=0, retention__lte=F("total")),
                name="invoice_retention_is_part",
            ),
            models.CheckConstraint(
                condition=Q(status="paid", paid_on__isnull=False)
                | Q(~Q(status="paid"), paid_on=None, retention_released_on=None),
                name="invoice_paid_has_date",
            ),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class InvoiceLineRow(models.Model):
    """Work that was done, at the price that was agreed."""

    invoice = models.ForeignKey(InvoiceRow, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    description = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    unit = models.CharField(max_length=10)
    unit_price = models.DecimalField(max_digits=18, decimal_places=4)
    currency = models.CharField(max_length=3)

    class Meta:
        """How lines are called and sorted."""

        verbose_name = "line"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "position"], name="invoice_line_place")
        ]

    def __str__(self) -> str:
        """Return what was done."""
        return self.description


class DeductionRow(models.Model):
    """A sum that is taken off an invoice."""

    invoice = models.ForeignKey(InvoiceRow, models.CASCADE, related_name="deductions")
    position = models.PositiveIntegerField()
    kind = models.CharField(
        max_length=12,
        choices=[(kind.value, kind.value.replace("_", " ").title()) for kind in DeductionKind],
    )
    reason = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=18, decimal_places=4)
    currency = models.CharField(max_length=3)

    class Meta:
        """How deductions are called and sorted."""

        verbose_name = "deduction"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "position"], name="deduction_place")
        ]

    def __str__(self) -> str:
        """Return why less is paid."""
        return self.reason
