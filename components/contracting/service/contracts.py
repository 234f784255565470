"""Contracts: asked for, drafted, signed, closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q

from bulkhead.repositories import Page
from bulkhead.transactions import transactional
from components.contracting.db.models import ContractRow
from components.contracting.db.repositories import ContractRepository
from components.contracting.domain.contracts import (
    Contract,
    ContractNumberTakenError,
    ContractStatus,
    LineItem,
)
from components.contracting.domain.published import ContractInfo


def get_contract(*, contract_id: UUID) -> Contract:
    """Return a contract, and raise ContractNotFoundError where there is none."""
    return ContractRepository().get(contract_id)


def list_contracts(
    *,
    project_id: int | None = None,
    status: ContractStatus | None = None,
    size: int = 50,
    after: str | None = None,
) -> Page[Contract]:
    """Return a page of contracts by number, `after` the cursor of the page before."""
    wanted = Q()
    if project_id is not None:
        wanted &= Q(project_id=project_id)
    if status is not None:
        wanted &= Q(status=status.value)
    return ContractRepository().page(wanted, order_by=("number",), size=size, after=after)


def list_infos(*, contract_ids: Collection[UUID]) -> list[ContractInfo]:
    """Return those of these contracts that there are, by number, without their parts."""
    rows = ContractRow.objects.filter(id__in=contract_ids)
    return ContractRepository().read_as(ContractInfo, rows)


def list_infos_of_projects(*, project_ids: Collection[int]) -> list[ContractInfo]:
    """Return the contracts of many projects at once, by number, without their parts."""
    rows = ContractRow.objects.filter(project_id__in=project_ids)
    return ContractRepository().read_as(ContractInfo, rows)


@transactional
def draft_contract(  # noqa: PLR0913 - one for each thing that a contract says
    *,
    number: str,
    title: str,
    project_id: int,
    company_id: int,
    cost_code: str,
    currency: str,
    retention_percent: Decimal,
    line_items: Collection[LineItem] = (),
) -> Contract:
    """Write a contract that nobody has signed yet."""
    contracts = ContractRepository()
    if contracts.numbered(number=number):
        raise ContractNumberTakenError(number)
    contract = Contract.draft(
        number=number,
        title=title,
        project_id=project_id,
        company_id=company_id,
        cost_code=cost_code,
        currency=currency,
        retention_percent=retention_percent,
    )
    for item in line_items:
        contract.add_line_item(item)
    try:
        return contracts.add(contract)
    except IntegrityError as error:  # somebody was faster
        raise ContractNumberTakenError(number) from error


@transactional
def add_line_item(*, contract_id: UUID, item: LineItem, version: int | None = None) -> Contract:
    """Add a piece of work to a draft."""
    contracts = ContractRepository()
    contract = contracts.get(contract_id, version=version)
    contract.add_line_item(item)
    return contracts.save(contract)


@transactional(retry=3)
def sign_contract(*, contract_id: UUID, on: date, version: int | None = None) -> Contract:
    """Agree on what the line items of a draft say."""
    contracts = ContractRepository()
    contract = contracts.get(contract_id, version=version)
    contract.sign(on=on)
    return contracts.save(contract)


@transactional(retry=3)
def close_contract(*, contract_id: UUID, on: date, version: int | None = None) -> Contract:
    """Accept the work, so that nothing more is invoiced and retention may be released."""
    contracts = ContractRepository()
    contract = contracts.get(contract_id, version=version)
    contract.close(on=on)
    return contracts.save(contract)
