"""The workshop's endpoints: one for each thing that can go well or wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja.throttling import AnonRateThrottle

from bulkhead.api import JSONL, File, HttpError, Router, Status, UploadedFile
from bulkhead.errors import StaleAggregateError
from bulkhead.repositories.errors import AggregateNotFoundError, BadCursorError
from tests.toolkit.api.workshop.api.schemas import OrderIn, OrderOut
from tests.toolkit.api.workshop.domain.orders import (
    NoRoomError,
    Order,
    OrderClosedError,
    OrderInfo,
    OrderStatus,
    Price,
)

router = Router()

INFO = OrderInfo(
    id=1,
    number="A-1",
    status=OrderStatus.OPEN,
    price=Price(amount=Decimal("1.10"), currency="EUR"),
    opened_at=datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
)


class OrderNotFoundError(AggregateNotFoundError):
    """No order has this id."""


@router.get("/orders")
def list_orders(
    request: HttpRequest, response: HttpResponse, status: OrderStatus | None = None
) -> list[OrderInfo]:
    response["X-Count"] = "1"
    return [INFO]


@router.post("/orders", response={201: OrderOut})
def open_order(request: HttpRequest, order: OrderIn) -> Status[OrderOut]:
    return Status(201, OrderOut(orderNumber=order.number, total=order.price.amount))


@router.get("/orders/{order_id}")
def get_order(request: HttpRequest, order_id: int) -> OrderInfo:
    if order_id != INFO.id:
        raise OrderNotFoundError(Order.__name__, order_id)
    return INFO


@router.post("/orders/{order_id}/close")
def close_order(request: HttpRequest, order_id: int) -> None:
    if order_id == INFO.id:
        raise OrderClosedError(Order(id=order_id, number="A-1", status=OrderStatus.CLOSED))


@router.get("/orders/{order_id}/stale")
async def get_stale_order(request: HttpRequest, order_id: int) -> OrderInfo:
    raise StaleAggregateError(Order.__name__, order_id, expected=1, found=2, asked_for=True)


@router.get("/later")
async def get_later(request: HttpRequest) -> OrderInfo:
    return INFO


@router.get("/converted", response=OrderOut)
def get_converted(request: HttpRequest) -> dict[str, str]:
    return {"orderNumber": "A-2", "total": "3.50"}


@router.get("/by-hand")
def get_by_hand(request: HttpRequest) -> HttpResponse:
    return HttpResponse("by hand", content_type="text/plain")


@router.get("/undeclared")
def get_undeclared(request: HttpRequest):  # type: ignore[no-untyped-def]  # noqa: ANN201
    return {"at": INFO.opened_at, "price": INFO.price}


@router.get("/stream", response=JSONL[OrderInfo])
def stream_orders(request: HttpRequest) -> Iterator[OrderInfo]:
    yield INFO
    yield INFO


@router.post("/files")
def take_file(request: HttpRequest, file: File[UploadedFile]) -> dict[str, int]:
    return {"size": file.size or 0}


@router.get("/open", auth=None)
def get_open(request: HttpRequest) -> dict[str, bool]:
    return {"open": True}


@router.get("/throttled", auth=None, throttle=[AnonRateThrottle("1/h")])
def get_throttled(request: HttpRequest) -> dict[str, bool]:
    return {"open": True}


class OutOfOrderError(Exception):
    """An error of the component, but none of its domain."""


_RAISED: dict[str, Exception] = {
    "bug": KeyError("secret"),
    "cursor": BadCursorError(),
    "denied": PermissionDenied("Only the foreman may."),
    "gone": HttpError(410, "It was scrapped."),
    "no-room": NoRoomError(),
    "nowhere": Http404("No OrderRow matches the given query."),
    "out-of-order": OutOfOrderError(),
    "suspicious": SuspiciousOperation("The session data is corrupted."),
}


@router.get("/raise/{what}", auth=None)
def get_raised(request: HttpRequest, what: str) -> Iterator[str]:
    raise _RAISED[what]


@router.get("/raise-later/{what}", auth=None)
async def get_raised_later(request: HttpRequest, what: str) -> Iterator[str]:
    raise _RAISED[what]
