"""Endpoints over the pallets of the yard, which have versions."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest

from bulkhead.api import ComponentAPI, IfMatch, Schema, Status
from bulkhead.transactions import transactional
from tests.toolkit.yard.stock.db.models import PalletRow
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import Pallet, Price, Tally


class PalletOut(Schema):
    id: UUID
    code: str
    note: str | None
    version: int


def stored_pallet(code: str = "P-1") -> Pallet:
    price = Price(amount=Decimal(10), currency="EUR")
    with transactional("stock"):
        return PalletRepository().add(Pallet(code=code, price=price))


def get_pallet(request: HttpRequest, pallet_id: UUID) -> Pallet:
    return PalletRepository().get(pallet_id)


def newest(request: HttpRequest) -> Pallet:
    return stored_pallet("newest")


async def get_pallet_later(request: HttpRequest, pallet_id: UUID) -> Pallet:
    return PalletRepository().get(pallet_id)


def note(
    request: HttpRequest, pallet_id: UUID, text: str, version: IfMatch[Pallet]
) -> Status[Pallet]:
    return Status(200, _noted(pallet_id, text, version))


def note_perhaps(
    request: HttpRequest, pallet_id: UUID, text: str, version: IfMatch[Pallet] | None = None
) -> Pallet:
    return _noted(pallet_id, text, version)


def ship(request: HttpRequest, code: str, version: IfMatch[Pallet]) -> Pallet:
    """Find the pallet by what is no key, as its address has none."""
    with transactional("stock"):
        [found] = PalletRepository().load(PalletRow.objects.filter(code=code))
        return PalletRepository().get(found.id, version=version)


def list_pallets(request: HttpRequest) -> list[Pallet]:
    return PalletRepository().priced_in(currency="EUR")


def count(request: HttpRequest) -> Tally:
    return Tally(count=1)


def _noted(pallet_id: UUID, text: str, version: int | None) -> Pallet:
    with transactional("stock"):
        pallet = PalletRepository().get(pallet_id, version=version)
        pallet.note = text
        return PalletRepository().save(pallet)


def pallets_api() -> ComponentAPI:
    """Return an API in which some addresses show what others change."""
    api = ComponentAPI(title="Pallets", auth=None)
    router = api.default_router
    router.get("/newest", response=PalletOut)(newest)
    router.get("/pallets", response=list[PalletOut])(list_pallets)
    router.get("/pallets/{uuid:pallet_id}", response=PalletOut)(get_pallet)
    router.post("/pallets/{uuid:pallet_id}/note", response=PalletOut)(note)
    router.put("/pallets/{uuid:pallet_id}", response=PalletOut)(note_perhaps)
    router.post("/codes/{code}/ship", response=PalletOut)(ship)
    router.get("/later/{uuid:pallet_id}", response=PalletOut)(get_pallet_later)
    router.get("/tally")(count)
    return api
