from __future__ import annotations

from uuid import UUID

from bulkhead.transactions import transactional
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import Pallet


def get_pallet(*, pallet_id: UUID) -> Pallet:
    return PalletRepository().get(pallet_id)


@transactional
def note(*, pallet_id: UUID, text: str) -> Pallet:
    pallets = PalletRepository()
    pallet = pallets.get(pallet_id)
    pallet.note = text
    return pallets.save(pallet)
