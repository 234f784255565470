"""Invoices and contract accounts in the admin."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.contrib import admin
from django.utils.timezone import localdate

from bulkhead.admin import AggregateAdmin, AggregateTabularInline, service_action
from components.invoicing.db.models import (
    ContractAccountRow,
    DeductionRow,
    InvoiceLineRow,
    InvoiceRow,
)
from components.invoicing.service import invoices
from components.shared_kernel.money import Money

_TODAY = {"on": lambda _: localdate()}


class LineInline(AggregateTabularInline):
    """What was done."""

    model = InvoiceLineRow
    fields = ("description", "quantity", "unit", "price")
    readonly_fields = ("price",)

    @admin.display(description="unit price")
    def price(self, row: InvoiceLineRow) -> str:
        """Return what a unit costs, with its currency."""
        return _shown(row.unit_price, row.currency)


class DeductionInline(AggregateTabularInline):
    """What is taken off."""

    model = DeductionRow
    fields = ("kind", "reason", "deducted")
    readonly_fields = ("deducted",)

    @admin.display(description="amount")
    def deducted(self, row: DeductionRow) -> str:
        """Return what is taken off, with its currency."""
        return _shown(row.amount, row.currency)


@admin.register(InvoiceRow)
class InvoiceAdmin(AggregateAdmin):
    """Invoices, approved and paid by actions."""

    list_display = ("number", "status", "claimed", "withheld", "issued_on", "due_on", "paid_on")
    list_filter = ("status", "currency")
    search_fields = ("number", "lines__description")
    date_hierarchy = "issued_on"
    fields = (
        *("number", "contract_id", "status", "claimed", "withheld", "retention_percent"),
        *("issued_on", "due_on", "decided_on", "rejection_reason", "paid_on"),
        "retention_released_on",
    )
    readonly_fields = ("claimed", "withheld")
    inlines: ClassVar = [LineInline, DeductionInline]
    actions = (
        service_action(
            invoices.approve_invoice,
            label="Approve selected %(verbose_name_plural)s",
            given=_TODAY,
        ),
        service_action(
            invoices.pay_invoice,
            label="Record payment of selected %(verbose_name_plural)s",
            given=_TODAY,
        ),
        service_action(
            invoices.release_retention,
            label="Release retention of selected %(verbose_name_plural)s",
            given=_TODAY,
        ),
    )

    @admin.display(description="total", ordering="total")
    def claimed(self, row: InvoiceRow) -> str:
        """Return the total with its currency."""
        return _shown(row.total, row.currency)

    @admin.display(description="retention", ordering="retention")
    def withheld(self, row: InvoiceRow) -> str:
        """Return the retention with its currency."""
        return _shown(row.retention, row.currency)


@admin.register(ContractAccountRow)
class ContractAccountAdmin(AggregateAdmin):
    """What was claimed and paid under each contract."""

    list_display = ("contract_id", "waiting", "accepted", "paid_out", "kept")
    list_filter = ("currency",)
    search_fields = ("contract_id",)
    fields = ("contract_id", "waiting", "accepted", "paid_out", "kept")
    readonly_fields = ("waiting", "accepted", "paid_out", "kept")

    @admin.display(description="submitted", ordering="submitted")
    def waiting(self, row: ContractAccountRow) -> str:
        """Return what waits to be decided, with its currency."""
        return _shown(row.submitted, row.currency)

    @admin.display(description="approved", ordering="approved")
    def accepted(self, row: ContractAccountRow) -> str:
        """Return what was accepted, with its currency."""
        return _shown(row.approved, row.currency)

    @admin.display(description="paid", ordering="paid")
    def paid_out(self, row: ContractAccountRow) -> str:
        """Return what has left the bank, with its currency."""
        return _shown(row.paid, row.currency)

    @admin.display(description="retained", ordering="retained")
    def kept(self, row: ContractAccountRow) -> str:
        """Return what is withheld, with its currency."""
        return _shown(row.retained, row.currency)


def _shown(amount: Decimal, currency: str) -> str:
    """Return a sum that stays on one line."""
    return str(Money(amount, currency)).replace(" ", "\N{NO-BREAK SPACE}")
