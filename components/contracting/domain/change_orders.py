"""A change order: the only thing that moves an agreed sum."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from uuid import UUID, uuid4

from components.shared_kernel.money import Money


class ChangeOrderStatus(Enum):
    """Whether a change was agreed on."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class ChangeOrderNotProposedError(Exception):
    """A change order was to be decided a second time."""

    def __init__(self, contract: str, number: int, status: ChangeOrderStatus) -> None:
        super().__init__(
            f"Change order {number} of contract {contract} is {status.value} already, and is "
            f"decided once. Propose another one."
        )
        self.contract = contract
        self.number = number
        self.status = status


class DecidedBeforeProposedError(Exception):
    """A change order was to be decided before anybody had asked for it."""

    def __init__(self, contract: str, number: int, *, proposed_on: date, decided_on: date) -> None:
        super().__init__(
            f"Change order {number} of contract {contract} was proposed on {proposed_on}, "
            f"and can't be decided on {decided_on}, which was earlier."
        )
        self.contract = contract
        self.number = number
        self.proposed_on = proposed_on
        self.decided_on = decided_on


@dataclass(slots=True, kw_only=True)
class ChangeOrder:
    """More work, or less, than the line items say."""

    id: UUID = field(default_factory=uuid4)
    number: int
    """Its place among those of its contract, from 1."""
    reason: str
    amount: Money
    """What it adds to the agreed sum; below zero it takes away."""
    status: ChangeOrderStatus = ChangeOrderStatus.PROPOSED
    proposed_on: date
    decided_on: date | None = None

    @property
    def is_proposed(self) -> bool:
        """Whether it waits to be decided."""
        return self.status is ChangeOrderStatus.PROPOSED
