from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from bulkhead.transactions import transactional
from tests.toolkit.yard.stock.db.models import PalletRow
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import (
    Crate,
    Pallet,
    PalletShippedError,
    PalletStatus,
    Price,
    TooManyCratesError,
)

MOST_CRATES = 3


def get_pallet(*, pallet_id: UUID) -> Pallet:
    return PalletRepository().get(pallet_id)


@transactional
def note(*, pallet_id: UUID, text: str) -> Pallet:
    pallets = PalletRepository()
    pallet = pallets.get(pallet_id)
    pallet.note = text
    return pallets.save(pallet)


@transactional
def store_pallet(
    *,
    code: str,
    price: Price,
    crates: Sequence[Crate] = (),
    note: str | None = None,
    deposit: Price | None = None,
) -> Pallet:
    if len(crates) > MOST_CRATES:
        raise TooManyCratesError(code, crates)
    pallet = Pallet(code=code, price=price, crates=list(crates), note=note, deposit=deposit)
    return PalletRepository().add(pallet)


@transactional(retry=2)
def repack_pallet(  # noqa: PLR0913 - one for each thing that a pallet says
    *,
    pallet_id: UUID,
    code: str,
    price: Price,
    crates: Sequence[Crate],
    by: str,
    version: int | None = None,
) -> Pallet:
    pallets = PalletRepository()
    pallet = pallets.get(pallet_id, version=version)
    if pallet.status is PalletStatus.SHIPPED:
        raise PalletShippedError(code)
    if len(crates) > MOST_CRATES:
        raise TooManyCratesError(code, crates)
    pallet.code, pallet.price, pallet.crates = code, price, list(crates)
    pallet.marks = [f"repacked by {by}"]
    return pallets.save(pallet)


@transactional
def drop_pallet(*, pallet_id: UUID, version: int | None = None) -> None:
    pallets = PalletRepository()
    pallet = pallets.get(pallet_id, version=version)
    if pallet.status is PalletStatus.SHIPPED:
        raise PalletShippedError(pallet.code)
    pallets.remove(pallet)


def label_pallets(*, ids: Collection[UUID]) -> dict[UUID, str]:
    return {row.id: f"Pallet {row.code}" for row in PalletRow.objects.filter(id__in=ids)}


def search_pallets(*, text: str, limit: int) -> dict[UUID, str]:
    rows = PalletRow.objects.filter(code__icontains=text).order_by("code")[:limit]
    return {row.id: f"Pallet {row.code}" for row in rows}
