from __future__ import annotations

from bulkhead.repositories import Repository
from tests.toolkit.yard.sales.db.models import OrderRow
from tests.toolkit.yard.sales.domain.orders import Order


class OrderRepository(Repository[Order, OrderRow]):
    pass
