"""What type checkers accept of repositories."""

from __future__ import annotations

from typing import assert_type
from uuid import UUID

from bulkhead.repositories import Page
from tests.toolkit.yard.stock.db.models import PalletRow
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import Pallet, PalletInfo


def reads(key: UUID) -> None:
    pallets = PalletRepository()
    assert_type(pallets.get(key), Pallet)
    assert_type(pallets.get_many([key]), list[Pallet])
    assert_type(pallets.find(key), Pallet | None)
    assert_type(pallets.load(PalletRow.objects.all()), list[Pallet])
    assert_type(pallets.page(), Page[Pallet])
    assert_type(pallets.priced_in(currency="EUR"), list[Pallet])
    assert_type(pallets.read_as(PalletInfo, PalletRow.objects.all()), list[PalletInfo])


def writes(pallet: Pallet) -> None:
    assert_type(PalletRepository().add(pallet), Pallet)
    assert_type(PalletRepository().save(pallet), Pallet)
    PalletRepository().remove(pallet)
