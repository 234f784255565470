"""What type checkers accept of endpoints: versions are numbers, permissions names or functions."""

from __future__ import annotations

from typing import Any, assert_type
from uuid import UUID

from django.http import HttpRequest

from bulkhead.api import ANYONE, IfMatch, Router, SessionAuth, component_api, user_of
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import Pallet


def is_own(request: HttpRequest, pallet_id: UUID) -> bool:
    return bool(user_of(request).pk) and pallet_id.int > 0


router = Router(permission="stock.view_palletrow", auth=ANYONE)


@router.post("/pallets/{uuid:pallet_id}", permission=("stock.change_palletrow", is_own))
def change(request: HttpRequest, pallet_id: UUID, version: IfMatch[Pallet]) -> Pallet:
    number: int = version
    return PalletRepository().get(pallet_id, version=number)


@router.put("/pallets/{uuid:pallet_id}", if_match=False, auth=[SessionAuth(), ANYONE])
async def change_perhaps(
    request: HttpRequest, pallet_id: UUID, version: IfMatch[Pallet] | None = None
) -> None:
    number: int | None = version
    PalletRepository().get(pallet_id, version=number)


def call(request: HttpRequest, pallet_id: UUID) -> None:
    assert_type(change(request, pallet_id, 3), Pallet)


api = component_api(title="Yard", permission=is_own)
others: Any = component_api(title="Yard", permission=None)
