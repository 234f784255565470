from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from uuid import UUID, uuid4


class PalletStatus(Enum):
    OPEN = "open"
    SHIPPED = "shipped"


class PalletShippedError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(f"Pallet {code} is shipped.")
        self.code = code


class TooManyCratesError(Exception):
    def __init__(self, code: str, crates: Sequence[Crate]) -> None:
        super().__init__(f"Pallet {code} can't carry {len(crates)} crates.")
        self.code = code
        self.too_many = crates


class NegativePriceError(ValueError):
    def __init__(self, amount: Decimal) -> None:
        super().__init__(f"A price is not below zero, and this one is {amount}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise NegativePriceError(self.amount)


@dataclass(slots=True, kw_only=True)
class Crate:
    """A part with an identity of its own, and parts below it."""

    id: UUID = field(default_factory=uuid4)
    content: str
    weight: int
    labels: list[Label] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A part without identity: compared by value and place."""

    text: str


@dataclass(slots=True, kw_only=True)
class Pallet:
    id: UUID = field(default_factory=uuid4)
    code: str
    status: PalletStatus = PalletStatus.OPEN
    price: Price
    deposit: Price | None = None
    note: str | None = None
    marks: list[str] = field(default_factory=list)
    crates: list[Crate] = field(default_factory=list)
    version: int = 0

    def ship(self) -> None:
        if self.status is PalletStatus.SHIPPED:
            raise PalletShippedError(self.code)
        self.status = PalletStatus.SHIPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A frozen aggregate, with keys that the database makes."""

    id: int | None = None
    name: str
    slots: tuple[Slot, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    id: int | None = None
    width: int


@dataclass(slots=True, kw_only=True)
class Tally:
    """An aggregate without a version."""

    id: UUID = field(default_factory=uuid4)
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PalletInfo:
    code: str
    price: Price
