"""What type checkers refuse of lists and of partial changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bulkhead.api import Absent, Paging
from tests.toolkit.yard.stock.db.repositories import PalletRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    title: str | Absent = Absent.ABSENT


def change(changes: Changes, paging: Paging[Literal["code"]]) -> None:
    changes.title.upper()  # refused
    changes.title is None or changes.title.upper()  # refused
    PalletRepository().page(paging)  # refused
    paging.size = 3  # refused


Changes(title=None)  # refused
