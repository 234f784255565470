"""Change orders: proposed, approved, rejected."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from bulkhead.transactions import transactional
from components.contracting.db.repositories import ChangeOrderNotFoundError, ContractRepository
from components.contracting.domain.contracts import Contract
from components.shared_kernel.money import Money


@transactional(retry=3)
def propose_change_order(
    *, contract_id: UUID, reason: str, amount: Money, on: date, version: int | None = None
) -> Contract:
    """Ask for a change of the agreed sum, up or down."""
    contracts = ContractRepository()
    contract = contracts.get(contract_id, version=version, lock=True)
    contract.propose_change(reason=reason, amount=amount, on=on)
    return contracts.save(contract)


@transactional(retry=3)
def approve_change_order(
    *, change_order_id: UUID, on: date, version: int | None = None
) -> Contract:
    """Change the agreed sum of its contract, also below what is invoiced already."""
    contract = _contract_with(change_order_id, version)
    contract.approve_change(change_order_id, on=on)
    return ContractRepository().save(contract)


@transactional(retry=3)
def reject_change_order(*, change_order_id: UUID, on: date, version: int | None = None) -> Contract:
    """Leave the agreed sum of its contract as it is."""
    contract = _contract_with(change_order_id, version)
    contract.reject_change(change_order_id, on=on)
    return ContractRepository().save(contract)


def _contract_with(change_order_id: UUID, version: int | None) -> Contract:
    """Return the contract, locked: those who decide other change orders of it wait their turn."""
    contracts = ContractRepository()
    found = contracts.with_change_order(change_order_id=change_order_id)
    if not found:
        raise ChangeOrderNotFoundError("ChangeOrder", change_order_id)  # noqa: EM101 - a name
    return contracts.get(found[0].id, version=version, lock=True)
