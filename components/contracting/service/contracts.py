"""Contracts: asked for, drafted, signed, closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from bulkhead.repositories import Page, PageRequest
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

BY_NUMBER = PageRequest(order_by="number")


def get_contract(*, contract_id: UUID) -> Contract:
    """Return a contract, and raise ContractNotFoundError where there is none."""
    return ContractRepository().get(contract_id)


def list_contracts(
    *,
    project_id: int | None = None,
    company_id: int | None = None,
    statuses: Collection[ContractStatus] = (),
    text: str | None = None,
    paging: PageRequest = BY_NUMBER,
) -> Page[Contract]:
    """Return a page of the contracts that fit, `text` a part of their number or their title."""
    wanted = {
        "project_id": project_id,
        "company_id": company_id,
    }
    fitting = Q(**{column: value for column, value in wanted.items() if value is not None})
    fitting &= _of_status(statuses)
    if text is not None:
        fitting &= Q(number__icontains=text) | Q(title__icontains=text)
    return ContractRepository().page(fitting, paging)


def _of_status(statuses: Collection[ContractStatus]) -> Q:
    """Return what keeps to one status by an index, and to several without sorting all of them."""
    match [status.value for status in statuses]:
        case []:
            return Q()
        case [one]:
            return Q(status=one)
        case several:
            return ~Q(
                status__in=[each.value for each in ContractStatus if each.value not in several]
            )


def list_infos(*, contract_ids: Collection[UUID]) -> list[ContractInfo]:
    """Return those of these contracts that there are, by number, without their parts."""
    rows = ContractRow.objects.filter(id__in=contract_ids)
    return ContractRepository().read_as(ContractInfo, rows)


def list_infos_of_projects(*, project_ids: Collection[int]) -> list[ContractInfo]:
    """Return the contracts of many projects at once, by number, without their parts."""
    rows = ContractRow.objects.filter(project_id__in=project_ids)
    return ContractRepository().read_as(ContractInfo, rows)


def label_contracts(*, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return number and title of those of these contracts that there are."""
    return _labels(ContractRow.objects.filter(id__in=ids))


def search_contracts(*, text: str, limit: int) -> dict[UUID, str]:
    """Return number and title of those that have every word in one of the two, by number."""
    words = (Q(number__icontains=word) | Q(title__icontains=word) for word in text.split())
    return _labels(ContractRow.objects.filter(*words).order_by("number")[:limit])


def _labels(rows: QuerySet[ContractRow]) -> dict[UUID, str]:
    return {row.id: str(row) for row in rows.only("id", "number", "title")}


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
