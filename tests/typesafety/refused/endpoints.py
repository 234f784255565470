"""What type checkers refuse of endpoints."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from bulkhead.api import IfMatch, Router
from tests.toolkit.yard.stock.domain.pallets import Pallet

router = Router(permission=7)  # refused


@router.post("/pallets/{uuid:pallet_id}", permision="stock.view_palletrow")  # refused
def change(request: HttpRequest, pallet_id: UUID, version: IfMatch[Pallet]) -> None:
    version.upper()  # refused


@router.post("/pallets", if_match="no")  # refused
def add(request: HttpRequest, version: IfMatch[Pallet] | None = None) -> None:
    version.bit_length()  # refused


def call(request: HttpRequest, pallet_id: UUID) -> None:
    change(request, pallet_id, "1")  # refused
    change(request, pallet_id, None)  # refused
