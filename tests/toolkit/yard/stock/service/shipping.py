from __future__ import annotations

from uuid import UUID

from bulkhead.transactions import transactional
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import Pallet


@transactional(retry=2)
def ship_pallet(*, pallet_id: UUID, version: int | None = None) -> Pallet:
    pallets = PalletRepository()
    pallet = pallets.get(pallet_id, version=version)
    pallet.ship()
    if pallet.note == "bug":
        msg = "a bug"
        raise ZeroDivisionError(msg)
    return pallets.save(pallet)


@transactional
def sign_pallet(*, pallet_id: UUID, by: str) -> Pallet:
    pallets = PalletRepository()
    pallet = pallets.get(pallet_id)
    pallet.note = f"signed by {by}"
    return pallets.save(pallet)
