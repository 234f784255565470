"""An invoice: what is asked for, what is deducted, what is withheld, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from uuid import UUID, uuid4

from components.invoicing.domain.invoice_errors import (
    DeductionNotPositiveError,
    DueBeforeIssuedError,
    EmptyInvoiceError,
    ForeignCurrencyError,
    NoReasonError,
    NothingToPayError,
    RetentionReleasedError,
    WrongInvoiceStatusError,
)
from components.shared_kernel.money import Money


class InvoiceStatus(Enum):
    """How far an invoice has come: submitted, then approved or rejected, and approved then paid."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    PAID = "paid"


class DeductionKind(Enum):
    """Why less is paid than was invoiced."""

    DEFECT = "defect"
    BACK_CHARGE = "back_charge"
    DISCOUNT = "discount"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """Work that was done, at the price that was agreed."""

    description: str
    quantity: Decimal
    unit: str
    unit_price: Money

    @property
    def amount(self) -> Money:
        """The price of the whole line, rounded."""
        return self.unit_price.times(self.quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """A sum that is taken off an invoice."""

    kind: DeductionKind
    reason: str
    amount: Money


@dataclass(slots=True, kw_only=True)
class Invoice:
    """A company's claim under a contract.

    The total is what the lines add up to, less the deductions; it counts against the contract.
    A part of it is withheld until the work is accepted, and is released once.
    """

    id: UUID = field(default_factory=uuid4)
    contract_id: UUID
    number: str
    currency: str
    status: InvoiceStatus = InvoiceStatus.SUBMITTED
    issued_on: date
    due_on: date
    lines: list[InvoiceLine]
    deductions: list[Deduction]
    retention_percent: Decimal
    total: Money
    retention: Money
    decided_on: date | None = None
    rejection_reason: str = ""
    paid_on: date | None = None
    retention_released_on: date | None = None
    version: int = 0

    @classmethod
    def submit(  # noqa: PLR0913 - one for each thing that an invoice says
        cls,
        *,
        contract_id: UUID,
        number: str,
        currency: str,
        issued_on: date,
        due_on: date,
        retention_percent: Decimal,
        lines: Sequence[InvoiceLine],
        deductions: Sequence[Deduction] = (),
    ) -> Invoice:
        """Return a new invoice, checked and added up."""
        if not lines:
            raise EmptyInvoiceError(number)
        if due_on < issued_on:
            raise DueBeforeIssuedError(number, issued_on=issued_on, due_on=due_on)
        _require_currency(number, currency, lines, deductions)
        _require_positive(number, deductions)
        gross = Money.sum((line.amount for line in lines), currency)
        total = gross - Money.sum((deduction.amount for deduction in deductions), currency)
        if not total.is_positive:
            raise NothingToPayError(number, total)
        return cls(
            contract_id=contract_id,
            number=number,
            currency=currency,
            issued_on=issued_on,
            due_on=due_on,
            lines=list(lines),
            deductions=list(deductions),
            retention_percent=retention_percent,
            total=total,
            retention=total.percent(retention_percent),
        )

    @property
    def gross(self) -> Money:
        """What the lines add up to."""
        return Money.sum((line.amount for line in self.lines), self.currency)

    @property
    def deducted(self) -> Money:
        """What the deductions add up to."""
        return Money.sum((deduction.amount for deduction in self.deductions), self.currency)

    @property
    def payable(self) -> Money:
        """What is paid when it is due: the total without the retention."""
        return self.total - self.retention

    def correct(
        self,
        *,
        number: str,
        issued_on: date,
        due_on: date,
        lines: Sequence[InvoiceLine],
        deductions: Sequence[Deduction] = (),
    ) -> None:
        """Claim something else, as long as nobody has decided; checked and added up as at first."""
        self._require(InvoiceStatus.SUBMITTED)
        claim = Invoice.submit(
            contract_id=self.contract_id,
            number=number,
            currency=self.currency,
            issued_on=issued_on,
            due_on=due_on,
            retention_percent=self.retention_percent,
            lines=lines,
            deductions=deductions,
        )
        self.number, self.issued_on, self.due_on = number, issued_on, due_on
        self.lines, self.deductions = claim.lines, claim.deductions
        self.total, self.retention = claim.total, claim.retention

    def withdraw(self) -> None:
        """Give the claim up, as long as nobody has decided."""
        self._require(InvoiceStatus.SUBMITTED)

    def approve(self, *, on: date) -> None:
        """Accept the claim."""
        self._require(InvoiceStatus.SUBMITTED)
        self.status = InvoiceStatus.APPROVED
        self.decided_on = on

    def reject(self, *, on: date, reason: str) -> None:
        """Send the claim back, and say why."""
        self._require(InvoiceStatus.SUBMITTED)
        if not reason.strip():
            raise NoReasonError(self.number)
        self.status = InvoiceStatus.REJECTED
        self.decided_on = on
        self.rejection_reason = reason

    def pay(self, *, on: date) -> None:
        """Record that the payable part has been paid."""
        self._require(InvoiceStatus.APPROVED)
        self.status = InvoiceStatus.PAID
        self.paid_on = on

    def release_retention(self, *, on: date) -> None:
        """Record that what was withheld has been paid too."""
        self._require(InvoiceStatus.PAID)
        if self.retention_released_on is not None:
            raise RetentionReleasedError(self.number, self.retention_released_on)
        self.retention_released_on = on

    def _require(self, needed: InvoiceStatus) -> None:
        if self.status is not needed:
            raise WrongInvoiceStatusError(
                self.number, status=self.status.value, needed=needed.value
            )


def _require_currency(
    number: str, currency: str, lines: Sequence[InvoiceLine], deductions: Sequence[Deduction]
) -> None:
    given = [line.unit_price for line in lines] + [deduction.amount for deduction in deductions]
    for money in given:
        if money.currency != currency:
            raise ForeignCurrencyError(number, currency, money)


def _require_positive(number: str, deductions: Sequence[Deduction]) -> None:
    for deduction in deductions:
        if not deduction.amount.is_positive:
            raise DeductionNotPositiveError(number, deduction.amount)
