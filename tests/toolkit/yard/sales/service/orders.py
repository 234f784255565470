from __future__ import annotations

from uuid import UUID

from bulkhead.transactions import transactional
from tests.toolkit.yard.sales.db.repositories import OrderRepository
from tests.toolkit.yard.sales.domain.orders import Order
from tests.toolkit.yard.stock import public as stock


@transactional
def order_pallet(*, customer: str, pallet_id: UUID) -> Order:
    pallet = stock.get_pallet(pallet_id=pallet_id)
    return OrderRepository().add(Order(customer=f"{customer} ({pallet.code})"))
