"""What other components get to see of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from components.contracting.domain.contracts import ContractStatus
from components.shared_kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractInfo:
    """A contract as it stands now."""

    id: UUID
    number: str
    title: str
    project_id: int
    company_id: int
    cost_code: str
    currency: str
    status: ContractStatus
    agreed_sum: Money
    retention_percent: Decimal
