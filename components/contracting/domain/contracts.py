"""A contract, and what makes its agreed sum."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from uuid import UUID, uuid4

from components.contracting.domain.change_orders import (
    ChangeOrder,
    ChangeOrderNotProposedError,
    ChangeOrderStatus,
    DecidedBeforeProposedError,
)
from components.shared_kernel.money import Money


class ContractStatus(Enum):
    """How far a contract has come; it never goes back."""

    DRAFT = "draft"
    SIGNED = "signed"
    CLOSED = "closed"


class WrongContractStatusError(Exception):
    """A contract was to do what it can do in another status alone."""

    def __init__(self, number: str, status: ContractStatus, *, needed: ContractStatus) -> None:
        super().__init__(
            f"Contract {number} is {status.value}, and this is possible only while it is "
            f"{needed.value}."
        )
        self.number = number
        self.status = status
        self.needed = needed


class EmptyContractError(Exception):
    """A contract without line items was to be signed."""

    def __init__(self, number: str) -> None:
        super().__init__(f"Contract {number} has no line items. Add what was agreed, then sign.")
        self.number = number


class NegativeLineTotalError(Exception):
    """A contract was to be signed whose line items come to less than nothing."""

    def __init__(self, number: str, line_total: Money) -> None:
        super().__init__(
            f"The line items of contract {number} come to {line_total}, which is below zero. "
            f"Add what is missing, then sign."
        )
        self.number = number
        self.line_total = line_total


class UndecidedChangeOrdersError(Exception):
    """A contract was to be closed before all its change orders were decided."""

    def __init__(self, number: str, undecided: tuple[int, ...]) -> None:
        listed = ", ".join(map(str, undecided))
        super().__init__(
            f"Contract {number} has undecided change orders: {listed}. "
            f"Approve or reject them, then close."
        )
        self.number = number
        self.undecided = undecided


class NegativeAgreedSumError(Exception):
    """A change order would take away more than was agreed."""

    def __init__(self, number: str, agreed_sum: Money, change: Money) -> None:
        super().__init__(
            f"Contract {number} is agreed at {agreed_sum}, so {-change} can't be taken off it."
        )
        self.number = number
        self.agreed_sum = agreed_sum
        self.change = change


class ForeignCurrencyError(Exception):
    """An amount is of another currency than its contract."""

    def __init__(self, number: str, currency: str, given: Money) -> None:
        super().__init__(f"Contract {number} is in {currency}, and can't take over {given}.")
        self.number = number
        self.currency = currency
        self.given = given


class ContractNumberTakenError(Exception):
    """A contract was to bear the number of another one."""

    def __init__(self, number: str) -> None:
        super().__init__(f"There is a contract {number} already. Choose another number.")
        self.number = number


class BadRetentionError(Exception):
    """A retention is no percentage that can be withheld."""

    def __init__(self, percent: Decimal) -> None:
        super().__init__(f"A retention is between 0 and 100 percent, and this one is {percent}.")
        self.percent = percent


@dataclass(frozen=True, slots=True, kw_only=True)
class LineItem:
    """A piece of work at a price."""

    description: str
    quantity: Decimal
    unit: str
    unit_price: Money

    @property
    def amount(self) -> Money:
        """The price of the whole piece, rounded."""
        return self.unit_price.times(self.quantity)


@dataclass(slots=True, kw_only=True)
class Contract:
    """What was agreed with a company for a part of a project.

    Nothing is agreed before it is signed.
    From then on the agreed sum changes only by change orders that are approved.
    """

    id: UUID = field(default_factory=uuid4)
    number: str
    title: str
    project_id: int
    company_id: int
    cost_code: str
    """The part of the building that it pays for, as the project's budget numbers it."""
    currency: str
    retention_percent: Decimal
    """What may be withheld of each invoice until the work is accepted."""
    status: ContractStatus = ContractStatus.DRAFT
    signed_on: date | None = None
    closed_on: date | None = None
    line_items: list[LineItem] = field(default_factory=list)
    change_orders: list[ChangeOrder] = field(default_factory=list)
    agreed_sum: Money
    version: int = 0

    @classmethod
    def draft(  # noqa: PLR0913 - one for each thing that a contract says
        cls,
        *,
        number: str,
        title: str,
        project_id: int,
        company_id: int,
        cost_code: str,
        currency: str,
        retention_percent: Decimal,
    ) -> Contract:
        """Return a new contract, of which nothing is agreed yet."""
        if not 0 <= retention_percent <= 100:  # noqa: PLR2004 - a percentage
            raise BadRetentionError(retention_percent)
        return cls(
            number=number,
            title=title,
            project_id=project_id,
            company_id=company_id,
            cost_code=cost_code,
            currency=currency,
            retention_percent=retention_percent,
            agreed_sum=Money.zero(currency),
        )

    @property
    def line_total(self) -> Money:
        """What the line items add up to."""
        return Money.sum((item.amount for item in self.line_items), self.currency)

    def add_line_item(self, item: LineItem) -> None:
        """Add a piece of work to a draft."""
        self._require(ContractStatus.DRAFT)
        self._require_own_currency(item.unit_price)
        self.line_items.append(item)

    def sign(self, *, on: date) -> None:
        """Agree on what the line items say."""
        self._require(ContractStatus.DRAFT)
        if not self.line_items:
            raise EmptyContractError(self.number)
        if self.line_total.is_negative:
            raise NegativeLineTotalError(self.number, self.line_total)
        self.status = ContractStatus.SIGNED
        self.signed_on = on
        self.agreed_sum = self.line_total

    def propose_change(self, *, reason: str, amount: Money, on: date) -> ChangeOrder:
        """Ask for a change of the agreed sum, up or down."""
        self._require(ContractStatus.SIGNED)
        self._require_own_currency(amount)
        order = ChangeOrder(
            number=len(self.change_orders) + 1, reason=reason, amount=amount, proposed_on=on
        )
        self.change_orders.append(order)
        return order

    def approve_change(self, change_order_id: UUID, *, on: date) -> None:
        """Change the agreed sum by what this change order asks for."""
        self._require(ContractStatus.SIGNED)
        order = self._proposed_change(change_order_id, on=on)
        changed = self.agreed_sum + order.amount
        if changed.is_negative:
            raise NegativeAgreedSumError(self.number, self.agreed_sum, order.amount)
        order.status = ChangeOrderStatus.APPROVED
        order.decided_on = on
        self.agreed_sum = changed

    def reject_change(self, change_order_id: UUID, *, on: date) -> None:
        """Leave the agreed sum as it is."""
        self._require(ContractStatus.SIGNED)
        order = self._proposed_change(change_order_id, on=on)
        order.status = ChangeOrderStatus.REJECTED
        order.decided_on = on

    def close(self, *, on: date) -> None:
        """Accept the work: nothing more is asked for, and retention may be released."""
        self._require(ContractStatus.SIGNED)
        undecided = tuple(order.number for order in self.change_orders if order.is_proposed)
        if undecided:
            raise UndecidedChangeOrdersError(self.number, undecided)
        self.status = ContractStatus.CLOSED
        self.closed_on = on

    def _proposed_change(self, change_order_id: UUID, *, on: date) -> ChangeOrder:
        """Return a change order that can be decided on this day."""
        order = next(order for order in self.change_orders if order.id == change_order_id)
        if not order.is_proposed:
            raise ChangeOrderNotProposedError(self.number, order.number, order.status)
        if on < order.proposed_on:
            raise DecidedBeforeProposedError(
                self.number, order.number, proposed_on=order.proposed_on, decided_on=on
            )
        return order

    def _require(self, needed: ContractStatus) -> None:
        if self.status is not needed:
            raise WrongContractStatusError(self.number, self.status, needed=needed)

    def _require_own_currency(self, money: Money) -> None:
        if money.currency != self.currency:
            raise ForeignCurrencyError(self.number, self.currency, money)
