"""The endpoints of invoicing."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate

from bulkhead.api import IfMatch, PageOf, Paging, Query, Router
from bulkhead.repositories import Page
from components.invoicing.api.schemas import (
    ClaimIn,
    InvoiceFilters,
    InvoiceIn,
    InvoiceOut,
    RejectionIn,
)
from components.invoicing.domain.invoices import Invoice
from components.invoicing.service import invoices

router = Router(permission="invoicing.view_invoicerow")


@router.get("/invoices", response=PageOf[InvoiceOut])
def list_invoices(
    request: HttpRequest,
    filters: Query[InvoiceFilters],
    paging: Paging[Literal["-issued_on", "issued_on", "due_on", "number"]],
) -> Page[Invoice]:
    """List invoices, the newest first unless `order_by` says otherwise."""
    del request
    return invoices.list_invoices(
        contract_id=filters.contract_id,
        statuses=filters.status,
        issued_from=filters.issued_from,
        issued_to=filters.issued_to,
        due_to=filters.due_to,
        number=filters.number,
        paging=paging,
    )


@router.post("/invoices", response={201: InvoiceOut}, permission="invoicing.submit_invoice")
def submit_invoice(request: HttpRequest, invoice: InvoiceIn) -> Invoice:
    """Submit an invoice under a signed contract, as far as its agreed sum allows."""
    del request
    return invoices.submit_invoice(
        contract_id=invoice.contract_id,
        number=invoice.number,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        lines=[each.line() for each in invoice.lines],
        deductions=[each.deduction() for each in invoice.deductions],
    )


@router.get("/invoices/{uuid:invoice_id}", response=InvoiceOut)
def get_invoice(request: HttpRequest, invoice_id: UUID) -> Invoice:
    """Show an invoice with its lines and deductions."""
    del request
    return invoices.get_invoice(invoice_id=invoice_id)


@router.put(
    "/invoices/{uuid:invoice_id}", response=InvoiceOut, permission="invoicing.submit_invoice"
)
def correct_invoice(
    request: HttpRequest, invoice_id: UUID, claim: ClaimIn, version: IfMatch[Invoice]
) -> Invoice:
    """Claim something else with a submitted invoice."""
    del request
    return invoices.correct_invoice(
        invoice_id=invoice_id,
        number=claim.number,
        issued_on=claim.issued_on,
        due_on=claim.due_on,
        lines=[each.line() for each in claim.lines],
        deductions=[each.deduction() for each in claim.deductions],
        version=version,
    )


@router.delete("/invoices/{uuid:invoice_id}", permission="invoicing.submit_invoice")
def withdraw_invoice(request: HttpRequest, invoice_id: UUID, version: IfMatch[Invoice]) -> None:
    """Give up what a submitted invoice claims."""
    del request
    invoices.withdraw_invoice(invoice_id=invoice_id, version=version)


@router.post(
    "/invoices/{uuid:invoice_id}/approve",
    response=InvoiceOut,
    permission="invoicing.approve_invoice",
)
def approve_invoice(request: HttpRequest, invoice_id: UUID, version: IfMatch[Invoice]) -> Invoice:
    """Accept the claim of a submitted invoice."""
    del request
    return invoices.approve_invoice(invoice_id=invoice_id, on=localdate(), version=version)


@router.post(
    "/invoices/{uuid:invoice_id}/reject",
    response=InvoiceOut,
    permission="invoicing.approve_invoice",
)
def reject_invoice(
    request: HttpRequest, invoice_id: UUID, rejection: RejectionIn, version: IfMatch[Invoice]
) -> Invoice:
    """Send a submitted invoice back."""
    del request
    return invoices.reject_invoice(
        invoice_id=invoice_id, on=localdate(), reason=rejection.reason, version=version
    )


@router.post(
    "/invoices/{uuid:invoice_id}/pay", response=InvoiceOut, permission="invoicing.pay_invoice"
)
def pay_invoice(request: HttpRequest, invoice_id: UUID, version: IfMatch[Invoice]) -> Invoice:
    """Record that an approved invoice was paid, all but its retention."""
    del request
    return invoices.pay_invoice(invoice_id=invoice_id, on=localdate(), version=version)


@router.post(
    "/invoices/{uuid:invoice_id}/release-retention",
    response=InvoiceOut,
    permission="invoicing.pay_invoice",
)
def release_retention(request: HttpRequest, invoice_id: UUID, version: IfMatch[Invoice]) -> Invoice:
    """Record that the retention was paid too, once the contract is closed."""
    del request
    return invoices.release_retention(invoice_id=invoice_id, on=localdate(), version=version)
