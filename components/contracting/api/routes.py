"""The endpoints of contracting."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate

from bulkhead.api import IfMatch, PageOf, Paging, Query, Router
from bulkhead.repositories import Page
from components.contracting.api.schemas import (
    ChangeOrderIn,
    ContractFilters,
    ContractIn,
    ContractOut,
    LineItemIn,
)
from components.contracting.domain.contracts import Contract
from components.contracting.service import change_orders, contracts

router = Router(permission="contracting.view_contractrow")


@router.get("/contracts", response=PageOf[ContractOut])
def list_contracts(
    request: HttpRequest,
    filters: Query[ContractFilters],
    paging: Paging[Literal["number", "-number", "-agreed_sum", "-signed_on"]],
) -> Page[Contract]:
    """List contracts, by number unless `order_by` says otherwise; drafts are signed last."""
    del request
    return contracts.list_contracts(
        project_id=filters.project_id,
        company_id=filters.company_id,
        statuses=filters.status,
        text=filters.text,
        paging=paging,
    )


@router.post("/contracts", response={201: ContractOut}, permission="contracting.draft_contract")
def draft_contract(request: HttpRequest, contract: ContractIn) -> Contract:
    """Draft a contract, of which nothing is agreed until it is signed."""
    del request
    return contracts.draft_contract(
        number=contract.number,
        title=contract.title,
        project_id=contract.project_id,
        company_id=contract.company_id,
        cost_code=contract.cost_code,
        currency=contract.currency,
        retention_percent=contract.retention_percent,
        line_items=[each.item() for each in contract.line_items],
    )


@router.get("/contracts/{uuid:contract_id}", response=ContractOut)
def get_contract(request: HttpRequest, contract_id: UUID) -> Contract:
    """Show a contract with its line items and change orders."""
    del request
    return contracts.get_contract(contract_id=contract_id)


@router.post(
    "/contracts/{uuid:contract_id}/line-items",
    response=ContractOut,
    permission="contracting.draft_contract",
)
def add_line_item(
    request: HttpRequest, contract_id: UUID, item: LineItemIn, version: IfMatch[Contract]
) -> Contract:
    """Add a piece of work to a draft."""
    del request
    return contracts.add_line_item(contract_id=contract_id, item=item.item(), version=version)


@router.post(
    "/contracts/{uuid:contract_id}/sign",
    response=ContractOut,
    permission="contracting.sign_contract",
)
def sign_contract(request: HttpRequest, contract_id: UUID, version: IfMatch[Contract]) -> Contract:
    """Agree on what the line items of a draft say."""
    del request
    return contracts.sign_contract(contract_id=contract_id, on=localdate(), version=version)


@router.post(
    "/contracts/{uuid:contract_id}/close",
    response=ContractOut,
    permission="contracting.sign_contract",
)
def close_contract(request: HttpRequest, contract_id: UUID, version: IfMatch[Contract]) -> Contract:
    """Accept the work, so that nothing more is invoiced."""
    del request
    return contracts.close_contract(contract_id=contract_id, on=localdate(), version=version)


@router.post(
    "/contracts/{uuid:contract_id}/change-orders",
    response=ContractOut,
    permission="contracting.draft_contract",
)
def propose_change_order(
    request: HttpRequest, contract_id: UUID, change_order: ChangeOrderIn, version: IfMatch[Contract]
) -> Contract:
    """Ask for a change of the agreed sum of a signed contract."""
    del request
    return change_orders.propose_change_order(
        contract_id=contract_id,
        reason=change_order.reason,
        amount=change_order.amount,
        on=localdate(),
        version=version,
    )


@router.post(
    "/change-orders/{uuid:change_order_id}/approve",
    response=ContractOut,
    permission="contracting.sign_contract",
)
def approve_change_order(
    request: HttpRequest, change_order_id: UUID, version: IfMatch[Contract]
) -> Contract:
    """Change the agreed sum by what a change order asks for."""
    del request
    return change_orders.approve_change_order(
        change_order_id=change_order_id, on=localdate(), version=version
    )


@router.post(
    "/change-orders/{uuid:change_order_id}/reject",
    response=ContractOut,
    permission="contracting.sign_contract",
)
def reject_change_order(
    request: HttpRequest, change_order_id: UUID, version: IfMatch[Contract]
) -> Contract:
    """Leave the agreed sum as it is."""
    del request
    return change_orders.reject_change_order(
        change_order_id=change_order_id, on=localdate(), version=version
    )
