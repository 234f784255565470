from uuid import UUID

from bulkhead.transactions import transactional
from parts.stores.db.repositories import PalletRepository
from parts.stores.domain.pallets import Crate, Pallet


@transactional
def store_pallet(
    *, code: str, port_id: UUID | None = None, crates: list[Crate] | None = None
) -> Pallet:
    pallet = Pallet(code=code, port_id=port_id)
    pallet.pack(crates or [])
    return PalletRepository().add(pallet)


@transactional
def repack_pallet(
    *,
    pallet_id: UUID,
    code: str,
    port_id: UUID | None,
    crates: list[Crate] | None = None,
    version: int | None = None,
) -> Pallet:
    pallets = PalletRepository()
    pallet = pallets.get(pallet_id, version=version)
    pallet.code, pallet.port_id = code, port_id
    if crates is not None:
        pallet.pack(crates)
    return pallets.save(pallet)


@transactional
def ship_pallet(*, pallet_id: UUID, version: int | None = None) -> Pallet:
    pallets = PalletRepository()
    pallet = pallets.get(pallet_id, version=version)
    pallet.ship()
    return pallets.save(pallet)


@transactional
def drop_pallet(*, pallet_id: UUID) -> None:
    pallets = PalletRepository()
    pallets.remove(pallets.get(pallet_id))
