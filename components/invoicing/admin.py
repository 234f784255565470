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
from components.invoicing.domain.invoice_errors import DueBeforeIssuedError, EmptyInvoiceError
from components.invoicing.domain.invoices import InvoiceStatus
from components.invoicing.service import invoices
from components.shared_kernel.money import Money
from components.shared_kernel.numbers import readable

_TODAY = {"on": lambda _: localdate()}
_EUROS = {"currency": "EUR"}


class LineInline(AggregateTabularInline):
    """What was done."""

    model = InvoiceLineRow
    initial = _EUROS
    fields = ("description", "quantity", "unit", "unit_price", "currency")
    read_fields = ("description", "measure", "unit", "price")
    readonly_fields = ("measure", "price")

    @admin.display(description="quantity")
    def measure(self, row: InvoiceLineRow) -> str:
        """Return how much of it was done."""
        return readable(row.quantity)

    @admin.display(description="unit price")
    def price(self, row: InvoiceLineRow) -> str:
        """Return what a unit costs, with its currency."""
        return Money(row.unit_price, row.currency).unbroken


class DeductionInline(AggregateTabularInline):
    """What is taken off."""

    model = DeductionRow
    initial = _EUROS
    fields = ("kind", "reason", "amount", "currency")
    read_fields = ("kind", "reason", "deducted")
    readonly_fields = ("deducted",)

    @admin.display(description="amount")
    def deducted(self, row: DeductionRow) -> str:
        """Return what is taken off, with its currency."""
        return Money(row.amount, row.currency).unbroken


@admin.register(InvoiceRow)
class InvoiceAdmin(AggregateAdmin):
    """Invoices, submitted, corrected and withdrawn by forms, approved and paid by actions."""

    add_with = invoices.submit_invoice
    change_with = invoices.correct_invoice
    delete_with = invoices.withdraw_invoice
    error_fields: ClassVar = {EmptyInvoiceError: "lines", DueBeforeIssuedError: "due_on"}
    add_fields = ("contract_id", "number", "issued_on", "due_on")
    list_display = ("number", "contract_id", "status", "claimed", "due_on")
    list_filter = ("status", "contract_id")
    search_fields = ("number", "lines__description", "contract_id")
    date_hierarchy = "issued_on"
    fields = (
        *("number", "contract_id", "status", "claimed", "withheld"),
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

    def is_final(self, row: InvoiceRow) -> bool:
        """Tell whether somebody has decided: from then on only actions go on."""
        return row.status != InvoiceStatus.SUBMITTED.value

    @admin.display(description="total", ordering="total")
    def claimed(self, row: InvoiceRow) -> str:
        """Return the total with its currency."""
        return Money(row.total, row.currency).unbroken

    @admin.display(description="retention")
    def withheld(self, row: InvoiceRow) -> str:
        """Return the retention with its currency, and what part of the total it is."""
        retention = Money(row.retention, row.currency)
        return f"{retention.unbroken}, {readable(row.retention_percent)} % of the total"


@admin.register(ContractAccountRow)
class ContractAccountAdmin(AggregateAdmin):
    """What was claimed and paid under each contract."""

    list_display = ("contract_id", "waiting", "accepted", "paid_out", "kept")
    list_filter = ("currency",)
    ordering = ("currency", "-approved")
    search_fields = ("contract_id",)
    fields = ("contract_id", "waiting", "accepted", "paid_out", "kept")
    readonly_fields = ("waiting", "accepted", "paid_out", "kept")

    @admin.display(description="submitted", ordering="submitted")
    def waiting(self, row: ContractAccountRow) -> str:
        """Return what waits to be decided, with its currency."""
        return Money(row.submitted, row.currency).unbroken

    @admin.display(description="approved", ordering="approved")
    def accepted(self, row: ContractAccountRow) -> str:
        """Return what was accepted, with its currency."""
        return Money(row.approved, row.currency).unbroken

    @admin.display(description="paid", ordering="paid")
    def paid_out(self, row: ContractAccountRow) -> str:
        """Return what has left the bank, with its currency."""
        return Money(row.paid, row.currency).unbroken

    @admin.display(description="retained", ordering="retained")
    def kept(self, row: ContractAccountRow) -> str:
        """Return what is withheld, with its currency."""
        return Money(row.retained, row.currency).unbroken
