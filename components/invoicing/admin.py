"""Invoices and contract accounts in the admin."""

from __future__ import annotations

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
    fields = ("position", "description", "quantity", "unit", "unit_price")


class DeductionInline(AggregateTabularInline):
    """What is taken off."""

    model = DeductionRow
    fields = ("position", "kind", "reason", "amount")


@admin.register(InvoiceRow)
class InvoiceAdmin(AggregateAdmin):
    """Invoices, approved and paid by actions."""

    list_display = ("number", "status", "claimed", "withheld", "issued_on", "due_on", "paid_on")
    list_filter = ("status", "currency")
    search_fields = ("number", "lines__description")
    date_hierarchy = "issued_on"
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
        return str(Money(row.total, row.currency))

    @admin.display(description="retention", ordering="retention")
    def withheld(self, row: InvoiceRow) -> str:
        """Return the retention with its currency."""
        return str(Money(row.retention, row.currency))


@admin.register(ContractAccountRow)
class ContractAccountAdmin(AggregateAdmin):
    """What was claimed and paid under each contract."""

    list_display = ("contract_id", "currency", "submitted", "approved", "paid", "retained")
    list_filter = ("currency",)
    search_fields = ("contract_id",)
