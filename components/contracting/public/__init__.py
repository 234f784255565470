"""What other components may ask of contracting."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from bulkhead.exposed import exposed, publishes
from components.contracting.domain.contracts import Contract, ContractStatus
from components.contracting.domain.published import ContractInfo
from components.contracting.service import ContractNotFoundError, contracts

__all__ = [
    "ContractInfo",
    "ContractNotFoundError",
    "ContractStatus",
    "get_contract",
    "list_contracts_of_projects",
]

_to_info = publishes(Contract, ContractInfo)


@exposed
def get_contract(*, contract_id: UUID) -> ContractInfo:
    """Return a contract, and raise ContractNotFoundError where there is none."""
    return _to_info(contracts.get_contract(contract_id=contract_id))


@exposed
def list_contracts_of_projects(*, project_ids: Collection[int]) -> list[ContractInfo]:
    """Return the contracts of many projects at once, by number."""
    return contracts.list_infos_of_projects(project_ids=project_ids)
