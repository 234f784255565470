"""What other components may ask of contracting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from bulkhead.exposed import exposed, publishes
from bulkhead.references import ReferenceProvider
from components.contracting.domain.contracts import Contract, ContractStatus, LineItem
from components.contracting.domain.past import PastChange, PastContract
from components.contracting.domain.published import ContractInfo
from components.contracting.service import ContractNotFoundError, contracts, takeovers

__all__ = [
    "ContractInfo",
    "ContractNotFoundError",
    "ContractStatus",
    "LineItem",
    "PastChange",
    "PastContract",
    "contract_references",
    "drop_contracts",
    "get_contract",
    "label_contracts",
    "list_contracts",
    "list_contracts_of_projects",
    "search_contracts",
    "take_over_contracts",
]

_to_info = publishes(Contract, ContractInfo)


@exposed
def get_contract(*, contract_id: UUID) -> ContractInfo:
    """Return a contract, and raise ContractNotFoundError where there is none."""
    return _to_info(contracts.get_contract(contract_id=contract_id))


@exposed
def list_contracts(*, contract_ids: Collection[UUID]) -> list[ContractInfo]:
    """Return those of these contracts that there are, by number."""
    return contracts.list_infos(contract_ids=contract_ids)


@exposed
def list_contracts_of_projects(*, project_ids: Collection[int]) -> list[ContractInfo]:
    """Return the contracts of many projects at once, by number."""
    return contracts.list_infos_of_projects(project_ids=project_ids)


@exposed
def label_contracts(*, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return number and title of those of these contracts that there are."""
    return contracts.label_contracts(ids=ids)


@exposed
def search_contracts(*, text: str, limit: int) -> dict[UUID, str]:
    """Return number and title of those that have every word in them, by number."""
    return contracts.search_contracts(text=text, limit=limit)


contract_references = ReferenceProvider(
    "contract",
    labels=label_contracts,
    search=search_contracts,
    permission="contracting.view_contractrow",
    url="admin:contracting_contractrow_change",
)


@exposed
def take_over_contracts(*, contracts: Sequence[PastContract]) -> None:
    """Store contracts of an earlier system, all of them or none."""
    takeovers.take_over_contracts(contracts=contracts)


@exposed
def drop_contracts(*, contract_ids: Collection[UUID]) -> None:
    """Remove these contracts with their parts, whatever happened to them since."""
    takeovers.drop_contracts(contract_ids=contract_ids)
