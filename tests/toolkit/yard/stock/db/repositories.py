from __future__ import annotations

from decimal import Decimal

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
    ParcelRow,
    SealRow,
    ShelfRow,
    ShipmentRow,
    SlotRow,
    StopRow,
    TallyRow,
    TicketRow,
)
from tests.toolkit.yard.stock.domain.pallets import Crate, Label, Pallet, Price, Shelf, Slot, Tally
from tests.toolkit.yard.stock.domain.shipments import (
    Parcel,
    Seal,
    Shipment,
    Stop,
    Ticket,
    TicketId,
)


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


class ShipmentRepository(Repository[Shipment, ShipmentRow]):
    fee = composite(Price, currency="currency")
    insured = composite(Price, currency="currency")
    kilograms = column(
        "grams",
        load=lambda grams: Decimal(grams) / 1000,
        store=lambda kilograms: int(kilograms * 1000),
    )
    parcels = children(
        Parcel, ParcelRow, order_by="place", seals=children(Seal, SealRow, order_by="place")
    )
    stops = children(Stop, StopRow, order_by="number")

    @finder
    def with_parcel(self, *, name: str) -> Q:
        return Q(parcels__name=name)


class TicketRepository(Repository[Ticket, TicketRow]):
    id = column(load=TicketId, store=lambda key: key.text)
