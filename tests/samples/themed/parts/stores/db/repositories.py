from django.db.models.signals import post_delete, post_save

from bulkhead.repositories import AggregateNotFoundError, Repository, children
from parts.stores.db.models import CrateRow, PalletRow
from parts.stores.domain.pallets import Crate, Pallet


class PalletNotFoundError(AggregateNotFoundError):
    """No pallet has this id."""


class PalletRepository(Repository[Pallet, PalletRow]):
    not_found = PalletNotFoundError
    crates = children(Crate, CrateRow, order_by="position")

    def add(self, pallet: Pallet) -> Pallet:
        added = super().add(pallet)
        self._send(added, created=True)
        return added

    def save(self, pallet: Pallet) -> Pallet:
        saved = super().save(pallet)
        self._send(saved, created=False)
        return saved

    def remove(self, pallet: Pallet) -> None:
        row = PalletRow.objects.get(pk=pallet.id)
        super().remove(pallet)
        post_delete.send(PalletRow, instance=row, using=row._state.db)

    def _send(self, pallet: Pallet, *, created: bool) -> None:
        row = PalletRow.objects.get(pk=pallet.id)
        post_save.send(PalletRow, instance=row, created=created, using=row._state.db)
