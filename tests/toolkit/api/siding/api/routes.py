"""The siding's endpoints."""

from __future__ import annotations

from django.http import HttpRequest

from bulkhead.api import Router
from tests.toolkit.api.siding.api.schemas import LineIn
from tests.toolkit.api.workshop.domain.orders import Price

router = Router()


@router.post("/lines")
def add_line(request: HttpRequest, line: LineIn) -> Price:
    raise NotImplementedError


@router.get("/price", by_alias=False)
def get_price(request: HttpRequest) -> LineIn:
    raise NotImplementedError
