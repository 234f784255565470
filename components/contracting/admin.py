"""Contracts and their change orders in the admin."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.timezone import localdate

from bulkhead.admin import AggregateAdmin, AggregateTabularInline, service_action
from components.contracting.db.models import ChangeOrderRow, ContractRow, LineItemRow
from components.contracting.domain.contracts import BadRetentionError
from components.contracting.service import change_orders, contracts
from components.shared_kernel.money import Money
from components.shared_kernel.numbers import readable

_TODAY = {"on": lambda _: localdate()}


class LineItemInline(AggregateTabularInline):
    """What is to be done under a contract."""

    model = LineItemRow
    initial: ClassVar = {"currency": "EUR"}
    fields = ("description", "quantity", "unit", "unit_price", "currency")
    read_fields = ("description", "measure", "unit", "price")
    readonly_fields = ("measure", "price")

    @admin.display(description="quantity")
    def measure(self, row: LineItemRow) -> str:
        """Return how much of it there is to do."""
        return readable(row.quantity)

    @admin.display(description="unit price")
    def price(self, row: LineItemRow) -> str:
        """Return what a unit costs, with its currency."""
        return Money(row.unit_price, row.currency).unbroken


class ChangeOrderInline(AggregateTabularInline):
    """What was asked to be changed of a contract."""

    model = ChangeOrderRow
    fields = ("number", "reason", "change", "status", "proposed_on", "decided_on")
    readonly_fields = ("change",)

    @admin.display(description="change")
    def change(self, row: ChangeOrderRow) -> str:
        """Return what it adds or takes away, with its currency."""
        return Money(row.amount, row.currency).unbroken


@admin.register(ContractRow)
class ContractAdmin(AggregateAdmin):
    """Contracts, drafted by a form, signed and closed by actions."""

    add_with = contracts.draft_contract
    rebuild_fields = ("title",)
    error_fields: ClassVar = {BadRetentionError: "retention_percent"}
    add_fields = (
        *("number", "title", "project_id", "company_id", "cost_code"),
        *("currency", "retention_percent"),
    )
    list_display = ("number", "title", "company_id", "project_id", "status", "agreed")
    list_filter = ("status", "currency", "project_id", "company_id")
    search_fields = ("number", "title", "project_id", "company_id")
    fields = (
        *("number", "title", "status", "agreed", "withheld"),
        *("project_id", "company_id", "cost_code", "signed_on", "closed_on"),
    )
    readonly_fields = ("agreed", "withheld")
    inlines: ClassVar = [LineItemInline, ChangeOrderInline]
    actions = (
        service_action(
            contracts.sign_contract,
            label="Sign selected %(verbose_name_plural)s",
            given=_TODAY,
        ),
        service_action(
            contracts.close_contract,
            label="Close selected %(verbose_name_plural)s",
            given=_TODAY,
        ),
    )

    @admin.display(description="agreed sum", ordering="agreed_sum")
    def agreed(self, row: ContractRow) -> str:
        """Return the sum with its currency."""
        return Money(row.agreed_sum, row.currency).unbroken

    @admin.display(description="retention")
    def withheld(self, row: ContractRow) -> str:
        """Return what may be withheld of each invoice."""
        return f"{readable(row.retention_percent)} %"


@admin.register(ChangeOrderRow)
class ChangeOrderAdmin(AggregateAdmin):
    """Change orders, decided by actions."""

    list_display = ("order", "reason", "change", "status", "proposed_on")
    list_filter = ("status",)
    list_select_related = ("contract",)
    search_fields = ("contract__number", "contract__title", "reason")
    date_hierarchy = "proposed_on"
    fields = ("contract", "number", "reason", "change", "status", "proposed_on", "decided_on")
    readonly_fields = ("change",)
    ordering = ("-proposed_on", "contract__number", "number")
    actions = (
        service_action(
            change_orders.approve_change_order,
            label="Approve selected %(verbose_name_plural)s",
            given=_TODAY,
        ),
        service_action(
            change_orders.reject_change_order,
            label="Reject selected %(verbose_name_plural)s",
            given=_TODAY,
        ),
    )

    @admin.display(description="change order", ordering="contract__number")
    def order(self, row: ChangeOrderRow) -> str:
        """Return which one of which contract."""
        return f"{row.contract.number} / {row.number}"

    @admin.display(description="change", ordering="amount")
    def change(self, row: ChangeOrderRow) -> str:
        """Return what it adds or takes away, with its currency."""
        return Money(row.amount, row.currency).unbroken
