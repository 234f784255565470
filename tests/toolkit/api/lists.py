"""An API of lists over the yard's pallets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest
from ninja.security import APIKeyQuery, HttpBearer

from bulkhead.api import (
    ComponentAPI,
    Cookie,
    Header,
    PageOf,
    Paging,
    Query,
    Router,
    Schema,
    Status,
)
from bulkhead.repositories import Page
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import Pallet, PalletStatus

Orders = Literal["code", "-code", "-price_amount", "note"]


class PalletOut(Schema):
    code: str
    note: str | None


class PalletFilters(Schema):
    status: list[PalletStatus] = []
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    code: str | None = None


class ShortPaging(Paging[Literal["code"]]):
    usual_size = 1
    most = 2


class KeyInQuery(APIKeyQuery):
    param_name = "key"

    def authenticate(self, request: HttpRequest, key: str | None) -> str | None:
        return key


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls with a key, and is no user."""

    name: str


class StoredCaller:
    """Who calls with a key, and is no user, but a row."""

    def __init__(self, pk: int) -> None:
        self.pk = pk


class KeyOfNobody(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> str:
        return token


class KeyOfCaller(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        return Caller(token)


class KeyOfStoredCaller(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> StoredCaller:
        return StoredCaller(ord(token))


class UserByNumber(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User:
        return User(pk=int(token))


router = Router()


@router.get("/pallets", response=PageOf[PalletOut])
def list_pallets(
    request: HttpRequest, filters: Query[PalletFilters], paging: Paging[Orders]
) -> Page[Pallet]:
    wanted = Q()
    if filters.status:
        wanted &= Q(state__in=[status.value for status in filters.status])
    if filters.price_from is not None:
        wanted &= Q(price_amount__gte=filters.price_from)
    if filters.price_to is not None:
        wanted &= Q(price_amount__lte=filters.price_to)
    if filters.code is not None:
        wanted &= Q(code__icontains=filters.code)
    return PalletRepository().page(wanted, paging)


@router.get("/states/{state}/pallets", response=PageOf[PalletOut])
def list_pallets_of_state(
    request: HttpRequest, state: str, paging: Paging[Orders]
) -> Status[Page[Pallet]]:
    return Status(200, PalletRepository().page(Q(state=state), paging))


@router.get("/tenants", response=PageOf[PalletOut])
def list_pallets_of_tenant(
    request: HttpRequest,
    paging: Paging[Orders],
    x_tenant: Header[str | None] = None,
    yard: Annotated[str | None, Cookie(alias="yard-code")] = None,
) -> Page[Pallet]:
    return PalletRepository().page(Q(), paging)


@router.post("/searches", response=PageOf[PalletOut], if_match=False)
def search_pallets(
    request: HttpRequest, filters: PalletFilters, paging: Paging[Orders]
) -> Page[Pallet]:
    return PalletRepository().page(Q(), paging)


@router.get("/short", response=PageOf[PalletOut])
def list_short(request: HttpRequest, paging: ShortPaging) -> Page[Pallet]:
    return PalletRepository().page(Q(), paging)


@router.get("/by-key", response=PageOf[PalletOut])
def list_by_key(request: HttpRequest, paging: Paging[str]) -> Page[Pallet]:
    return PalletRepository().page(Q(), paging)


@router.get("/later", response=PageOf[PalletOut])
async def list_later(request: HttpRequest, paging: Paging[Orders]) -> Page[Pallet]:
    return Page(items=[], next_cursor=f"after {paging.after}")


@router.get("/all", response=list[PalletOut])
def list_all(request: HttpRequest, paging: Paging[Orders]) -> list[Pallet]:
    return []


@router.get("/filtered")
def list_filtered(request: HttpRequest, filters: Query[PalletFilters]) -> list[str]:
    return [status.value for status in filters.status]


@router.get("/open")
def list_open(request: HttpRequest, since: date | None = None) -> list[str]:
    return sorted(request.GET)


def lists_api(**options: Any) -> ComponentAPI:
    """Return it; the bearer of a number is the user of that key, unless options say otherwise."""
    api = ComponentAPI(title="Pallets", **{"auth": [UserByNumber()], **options})
    api.add_router("", router)
    return api
