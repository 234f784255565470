"""What type checkers refuse of repositories; a line that must be refused ends in its mark."""

from __future__ import annotations

from tests.toolkit.yard.sales.db.models import OrderRow
from tests.toolkit.yard.sales.domain.orders import Order
from tests.toolkit.yard.stock.db.models import CrateRow
from tests.toolkit.yard.stock.db.repositories import PalletRepository


def misuses(order: Order) -> None:
    pallets = PalletRepository()
    pallets.load(OrderRow.objects.all())  # refused
    pallets.load(CrateRow.objects.all())  # refused
    pallets.save(order)  # refused
    pallets.add(order)  # refused
    pallets.remove(order)  # refused
    pallets.priced_in(currency=3)  # refused
    pallets.priced_in("EUR")  # refused
    pallets.priced_in()  # refused
    pallets.get(1).colour  # refused
