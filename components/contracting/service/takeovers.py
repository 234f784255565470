"""Contracts of an earlier system: taken over, and dropped again before another try."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from bulkhead.transactions import transactional
from components.contracting.db.models import ContractRow
from components.contracting.db.repositories import ContractRepository
from components.contracting.domain.contracts import ContractNumberTakenError
from components.contracting.domain.past import PastContract, relived


@transactional
def take_over_contracts(*, contracts: Sequence[PastContract]) -> None:
    """Store all of them or none, each as far as today's rules let it come."""
    repository = ContractRepository()
    for past in contracts:
        if repository.numbered(number=past.number):
            raise ContractNumberTakenError(past.number)
        repository.add(relived(past))


@transactional
def drop_contracts(*, contract_ids: Collection[UUID]) -> None:
    """Remove these contracts with their parts, whatever happened to them since."""
    ContractRow.objects.filter(id__in=contract_ids).delete()
