from __future__ import annotations

from uuid import UUID

from bulkhead.exposed import exposed, publishes
from tests.toolkit.yard.stock.domain.pallets import Pallet, PalletInfo
from tests.toolkit.yard.stock.service import pallets

to_info = publishes(Pallet, PalletInfo)


@exposed
def get_pallet(*, pallet_id: UUID) -> PalletInfo:
    return to_info(pallets.get_pallet(pallet_id=pallet_id))
