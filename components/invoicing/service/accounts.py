"""Contract accounts: what has been claimed under each contract."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from components.invoicing.db.models import ContractAccountRow
from components.invoicing.db.repositories import ContractAccountRepository
from components.invoicing.domain.published import AccountInfo


def list_infos(*, contract_ids: Collection[UUID]) -> list[AccountInfo]:
    """Return the sums of many contracts at once; one that was never invoiced has none."""
    rows = ContractAccountRow.objects.filter(contract_id__in=contract_ids)
    return ContractAccountRepository().read_as(AccountInfo, rows)
