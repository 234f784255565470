"""The pages that need more than one component, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from components.contracting import public as contracting
from components.invoicing import public as invoicing
from components.shared_kernel.money import Money
from project.portfolio.models import Company, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceOnPage:
    """One row of the table of invoices."""

    number: str
    status: str
    status_label: str
    issued_on: date
    due_on: date
    paid_on: date | None
    total: Money
    retention: Money
    retention_released_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPage:
    """All that the page of a contract shows."""

    number: str
    title: str
    status: str
    status_label: str
    cost_code: str
    project: Project | None
    """None where nobody knows the project any more."""
    company: str
    agreed: Money
    submitted: Money
    approved: Money
    paid: Money
    retained: Money
    left: Money
    overrun: Money | None
    """What is invoiced above the agreed sum, None where nothing is."""
    invoices: Sequence[InvoiceOnPage]


def report(request: HttpRequest) -> HttpResponse:
    """Show the cost report, which asks the endpoints for its figures."""
    return render(request, "project/report.html")


@login_required
def contract(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Show a contract with its invoices: two components, put together where both are known."""
    try:
        found = contracting.get_contract(contract_id=contract_id)
    except contracting.ContractNotFoundError as error:
        raise Http404(str(error)) from error
    page = _contract_page(found, _account_of(found), _invoices_of(found))
    return render(request, "project/contract.html", {"contract": page})


def _contract_page(
    found: contracting.ContractInfo,
    account: invoicing.AccountInfo,
    invoices: Sequence[InvoiceOnPage],
) -> ContractPage:
    left = found.agreed_sum - account.claimed
    company = Company.objects.filter(pk=found.company_id).first()
    return ContractPage(
        number=found.number,
        title=found.title,
        status=found.status.value,
        status_label=_label(found.status.value),
        cost_code=found.cost_code,
        project=Project.objects.filter(pk=found.project_id).first(),
        company="Unknown company" if company is None else company.name,
        agreed=found.agreed_sum,
        submitted=account.submitted,
        approved=account.approved,
        paid=account.paid,
        retained=account.retained,
        left=left,
        overrun=-left if left.is_negative else None,
        invoices=invoices,
    )


def _account_of(found: contracting.ContractInfo) -> invoicing.AccountInfo:
    nothing = Money.zero(found.currency)
    accounts = invoicing.list_accounts(contract_ids=[found.id])
    return next(
        iter(accounts),
        invoicing.AccountInfo(
            contract_id=found.id,
            submitted=nothing,
            approved=nothing,
            paid=nothing,
            retained=nothing,
        ),
    )


def _invoices_of(found: contracting.ContractInfo) -> list[InvoiceOnPage]:
    return [
        InvoiceOnPage(
            number=invoice.number,
            status=invoice.status.value,
            status_label=_label(invoice.status.value),
            issued_on=invoice.issued_on,
            due_on=invoice.due_on,
            paid_on=invoice.paid_on,
            total=invoice.total,
            retention=invoice.retention,
            retention_released_on=invoice.retention_released_on,
        )
        for invoice in invoicing.list_invoices_of_contract(contract_id=found.id)
    ]


def _label(status: str) -> str:
    return status.replace("_", " ").capitalize()
