from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from bulkhead.exposed import exposed, publishes
from bulkhead.references import ReferenceProvider
from tests.toolkit.yard.stock.domain.pallets import Pallet, PalletInfo
from tests.toolkit.yard.stock.service import pallets

to_info = publishes(Pallet, PalletInfo)


@exposed
def get_pallet(*, pallet_id: UUID) -> PalletInfo:
    return to_info(pallets.get_pallet(pallet_id=pallet_id))


@exposed
def label_pallets(*, ids: Collection[UUID]) -> dict[UUID, str]:
    return pallets.label_pallets(ids=ids)


@exposed
def search_pallets(*, text: str, limit: int) -> dict[UUID, str]:
    return pallets.search_pallets(text=text, limit=limit)


pallet_references = ReferenceProvider(
    "pallet",
    labels=label_pallets,
    search=search_pallets,
    permission="stock.view_palletrow",
    url="admin:stock_palletrow_change",
)
