"""Invoices: asked for, submitted, decided, paid."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from bulkhead.repositories import Page, PageRequest
from bulkhead.transactions import transactional
from components.contracting import public as contracting
from components.invoicing.db.models import InvoiceRow
from components.invoicing.db.repositories import ContractAccountRepository, InvoiceRepository
from components.invoicing.domain.accounts import (
    ContractAccount,
    ContractNotOpenError,
    WorkNotAcceptedError,
)
from components.invoicing.domain.invoice_errors import InvoiceNumberTakenError
from components.invoicing.domain.invoices import Deduction, Invoice, InvoiceLine, InvoiceStatus
from components.invoicing.domain.published import InvoiceInfo

NEWEST_FIRST = PageRequest(order_by="-issued_on")


def get_invoice(*, invoice_id: UUID) -> Invoice:
    """Return an invoice, and raise InvoiceNotFoundError where there is none."""
    return InvoiceRepository().get(invoice_id)


def list_invoices(  # noqa: PLR0913 - one for each thing that a list keeps to
    *,
    contract_id: UUID | None = None,
    statuses: Collection[InvoiceStatus] = (),
    issued_from: date | None = None,
    issued_to: date | None = None,
    due_to: date | None = None,
    number: str | None = None,
    paging: PageRequest = NEWEST_FIRST,
) -> Page[Invoice]:
    """Return a page of the invoices that fit, `number` a part of theirs."""
    wanted = {
        "contract_id": contract_id,
        "issued_on__gte": issued_from,
        "issued_on__lte": issued_to,
        "due_on__lte": due_to,
        "number__icontains": number,
    }
    fitting = Q(**{column: value for column, value in wanted.items() if value is not None})
    fitting &= _of_status(statuses)
    return InvoiceRepository().page(fitting, paging)


def _of_status(statuses: Collection[InvoiceStatus]) -> Q:
    """Return what keeps to one status by an index, and to several without sorting all of them."""
    match [status.value for status in statuses]:
        case []:
            return Q()
        case [one]:
            return Q(status=one)
        case several:
            return ~Q(
                status__in=[each.value for each in InvoiceStatus if each.value not in several]
            )


def list_infos_of_contract(*, contract_id: UUID) -> list[InvoiceInfo]:
    """Return all invoices under a contract, the newest first."""
    rows = InvoiceRow.objects.filter(contract_id=contract_id)
    return InvoiceRepository().read_as(InvoiceInfo, rows)


@transactional(retry=5)
def submit_invoice(  # noqa: PLR0913 - one for each thing that an invoice says
    *,
    contract_id: UUID,
    number: str,
    issued_on: date,
    due_on: date,
    lines: Sequence[InvoiceLine],
    deductions: Sequence[Deduction] = (),
) -> Invoice:
    """Claim money under a signed contract, as far as its agreed sum allows now.

    A change order that lowers the sum later leaves the invoice as it is: the cost report shows
    the overrun.
    """
    contract = contracting.get_contract(contract_id=contract_id)
    if contract.status is not contracting.ContractStatus.SIGNED:
        raise ContractNotOpenError(contract.number, contract.status.value)
    invoices, accounts = InvoiceRepository(), ContractAccountRepository()
    account = accounts.opened(contract_id, currency=contract.currency)
    _require_free_number(contract_id, number)
    invoice = Invoice.submit(
        contract_id=contract_id,
        number=number,
        currency=contract.currency,
        issued_on=issued_on,
        due_on=due_on,
        retention_percent=contract.retention_percent,
        lines=lines,
        deductions=deductions,
    )
    account.submit(invoice, allowed=contract.agreed_sum)
    accounts.save(account)
    return invoices.add(invoice)


@transactional(retry=5)
def correct_invoice(  # noqa: PLR0913 - one for each thing that an invoice says
    *,
    invoice_id: UUID,
    number: str,
    issued_on: date,
    due_on: date,
    lines: Sequence[InvoiceLine],
    deductions: Sequence[Deduction] = (),
    version: int | None = None,
) -> Invoice:
    """Claim something else with a submitted invoice, as far as its contract allows now."""
    invoice, account = _locked(invoice_id, version)
    contract = contracting.get_contract(contract_id=invoice.contract_id)
    _require_free_number(invoice.contract_id, number, besides=invoice)
    before = invoice.total
    invoice.correct(
        number=number, issued_on=issued_on, due_on=due_on, lines=lines, deductions=deductions
    )
    account.correct(invoice, before=before, allowed=contract.agreed_sum)
    return _saved(invoice, account)


@transactional(retry=5)
def withdraw_invoice(*, invoice_id: UUID, version: int | None = None) -> None:
    """Remove a submitted invoice, which gives its room under the contract to others."""
    invoice, account = _locked(invoice_id, version)
    invoice.withdraw()
    account.withdraw(invoice)
    ContractAccountRepository().save(account)
    InvoiceRepository().remove(invoice)


@transactional(retry=5)
def approve_invoice(*, invoice_id: UUID, on: date, version: int | None = None) -> Invoice:
    """Accept the claim of a submitted invoice."""
    invoice, account = _locked(invoice_id, version)
    invoice.approve(on=on)
    account.approve(invoice)
    return _saved(invoice, account)


@transactional(retry=5)
def reject_invoice(
    *, invoice_id: UUID, on: date, reason: str, version: int | None = None
) -> Invoice:
    """Send a submitted invoice back, which gives its room under the contract to others."""
    invoice, account = _locked(invoice_id, version)
    invoice.reject(on=on, reason=reason)
    account.reject(invoice)
    return _saved(invoice, account)


@transactional(retry=5)
def pay_invoice(*, invoice_id: UUID, on: date, version: int | None = None) -> Invoice:
    """Record that an approved invoice was paid, all but its retention."""
    invoice, account = _locked(invoice_id, version)
    invoice.pay(on=on)
    account.pay(invoice)
    return _saved(invoice, account)


@transactional(retry=5)
def release_retention(*, invoice_id: UUID, on: date, version: int | None = None) -> Invoice:
    """Record that the retention of a paid invoice was paid too, once its contract is closed."""
    invoice, account = _locked(invoice_id, version)
    contract = contracting.get_contract(contract_id=invoice.contract_id)
    if contract.status is not contracting.ContractStatus.CLOSED:
        raise WorkNotAcceptedError(invoice.number, contract=contract.number)
    invoice.release_retention(on=on)
    account.release_retention(invoice)
    return _saved(invoice, account)


def _locked(invoice_id: UUID, version: int | None) -> tuple[Invoice, ContractAccount]:
    """Load an invoice, then its account: in one order, so that no two wait for each other."""
    invoice = InvoiceRepository().get(invoice_id, version=version, lock=True)
    return invoice, ContractAccountRepository().get(invoice.contract_id, lock=True)


def _require_free_number(contract_id: UUID, number: str, *, besides: Invoice | None = None) -> None:
    found = InvoiceRepository().numbered(contract_id=contract_id, number=number)
    if any(besides is None or invoice.id != besides.id for invoice in found):
        raise InvoiceNumberTakenError(number)


def _saved(invoice: Invoice, account: ContractAccount) -> Invoice:
    ContractAccountRepository().save(account)
    return InvoiceRepository().save(invoice)
