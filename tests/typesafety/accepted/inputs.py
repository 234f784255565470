"""What type checkers accept of lists and of partial changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, assert_type

from django.http import HttpRequest

from bulkhead.api import Absent, PageOf, Paging, Router, Schema
from bulkhead.repositories import Page, PageRequest
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import Pallet

router = Router()


class PalletOut(Schema):
    code: str


@router.get("/pallets", response=PageOf[PalletOut])
def list_pallets(request: HttpRequest, paging: Paging[Literal["code", "-code"]]) -> Page[Pallet]:
    assert_type(paging.order_by, Literal["code", "-code"])
    assert_type(paging.size, int)
    assert_type(paging.after, str | None)
    assert_type(paging.count, bool)
    return PalletRepository().page(None, paging)


def counts(request: PageRequest) -> None:
    assert_type(PalletRepository().page(request=request).total, int | None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    title: str | Absent = Absent.ABSENT
    due_on: date | Absent | None = Absent.ABSENT


def change(changes: Changes) -> None:
    if changes.title is not Absent.ABSENT:
        assert_type(changes.title, str)
    if changes.due_on is not Absent.ABSENT:
        assert_type(changes.due_on, date | None)
    if not isinstance(changes.due_on, Absent):
        assert_type(changes.due_on, date | None)


change(Changes())
change(Changes(title="x", due_on=None))
