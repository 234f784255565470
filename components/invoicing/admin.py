"""Invoices and contract accounts in the admin."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.timezone import localdate

from bulkhead.admin import AggregateAdmin, AggregateTabularInline, service_action
from components.contracting import public as contracting
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


class UnderContractList(ChangeList):
    """A page of rows, which asks once for the contracts of all of them."""

    def get_results(self, request: HttpRequest) -> None:
        """Find the rows, then their contracts."""
        super().get_results(request)
        _add_contracts(self.result_list)


class UnderContractAdmin(AggregateAdmin):
    """Rows that hold the id of a contract, and show what it is called."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the list that asks for contracts."""
        del request, kwargs
        return UnderContractList

    @admin.display(description="contract")
    def contract(self, row: Any) -> str:
        """Return number and title of the contract."""
        found = _contract_of(row)
        return f"{found.number} {found.title}" if found else f"unknown contract {row.contract_id}"

    @admin.display(description="contract")
    def contract_number(self, row: Any) -> str:
        """Return the number of the contract, which fits a column."""
        found = _contract_of(row)
        return found.number if found else "unknown"


@admin.register(InvoiceRow)
class InvoiceAdmin(UnderContractAdmin):
    """Invoices, submitted, corrected and withdrawn by forms, approved and paid by actions."""

    add_with = invoices.submit_invoice
    change_with = invoices.correct_invoice
    delete_with = invoices.withdraw_invoice
    error_fields: ClassVar = {EmptyInvoiceError: "lines", DueBeforeIssuedError: "due_on"}
    add_fields = ("contract_id", "number", "issued_on", "due_on")
    list_display = ("number", "contract_number", "status", "claimed", "due_on")
    list_filter = ("status", "currency")
    search_fields = ("number", "lines__description")
    date_hierarchy = "issued_on"
    fields = (
        *("number", "contract", "status", "claimed", "withheld"),
        *("issued_on", "due_on", "decided_on", "rejection_reason", "paid_on"),
        "retention_released_on",
    )
    readonly_fields = ("contract", "claimed", "withheld")
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
class ContractAccountAdmin(UnderContractAdmin):
    """What was claimed and paid under each contract."""

    list_display = ("contract_number", "waiting", "accepted", "paid_out", "kept")
    list_filter = ("currency",)
    ordering = ("currency", "-approved")
    fields = ("contract", "waiting", "accepted", "paid_out", "kept")
    readonly_fields = fields

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


def _contract_of(row: Any) -> contracting.ContractInfo | None:
    """Return what its page has asked for; a row that stands alone asks for itself."""
    if not hasattr(row, "contract_info"):
        _add_contracts([row])
    found: contracting.ContractInfo | None = row.contract_info
    return found


def _add_contracts(rows: Collection[Any]) -> None:
    """Ask once for the contracts of all these rows, and let each know its own."""
    found = contracting.list_contracts(contract_ids={row.contract_id for row in rows})
    by_id = {contract.id: contract for contract in found}
    for row in rows:
        row.contract_info = by_id.get(row.contract_id)
