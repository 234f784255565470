from __future__ import annotations

from django.db.models import Q

from bulkhead.repositories import (
    AggregateNotFoundError,
    Repository,
    children,
    column,
    composite,
    finder,
)
from tests.toolkit.yard.stock.db.models import (
    CrateRow,
    LabelRow,
    PalletRow,
    ShelfRow,
    SlotRow,
    TallyRow,
)
from tests.toolkit.yard.stock.domain.pallets import Crate, Label, Pallet, Price, Shelf, Slot, Tally


class PalletNotFoundError(AggregateNotFoundError):
    """No pallet has this key."""


class PalletRepository(Repository[Pallet, PalletRow]):
    not_found = PalletNotFoundError

    status = column("state")
    deposit = composite(Price, amount="held_amount", currency="held_currency")
    crates = children(
        Crate,
        CrateRow,
        order_by="position",
        labels=children(Label, LabelRow, order_by="place"),
    )

    @finder(order_by=["code"])
    def priced_in(self, *, currency: str) -> Q:
        return Q(price_currency=currency)


class ShelfRepository(Repository[Shelf, ShelfRow]):
    slots = children(Slot, SlotRow, order_by="pk")


class TallyRepository(Repository[Tally, TallyRow]):
    pass
