from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID, uuid4


class PalletStatus(StrEnum):
    OPEN = "open"
    SHIPPED = "shipped"


class PalletFullError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(f"{code} holds three crates at most.")


class PalletShippedError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(f"{code} is shipped already.")
        self.code = code


@dataclass(slots=True, kw_only=True)
class Crate:
    id: UUID = field(default_factory=uuid4)
    content: str
    weight: int


@dataclass(slots=True, kw_only=True)
class Pallet:
    id: UUID = field(default_factory=uuid4)
    code: str
    port_id: UUID | None = None
    status: PalletStatus = PalletStatus.OPEN
    crates: list[Crate] = field(default_factory=list)
    version: int = 0

    def pack(self, crates: list[Crate]) -> None:
        if len(crates) > 3:
            raise PalletFullError(self.code)
        self.crates = crates

    def ship(self) -> None:
        if self.status is PalletStatus.SHIPPED:
            raise PalletShippedError(self.code)
        self.status = PalletStatus.SHIPPED
