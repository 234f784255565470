"""What the tests of the admin share."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.test import Client

from bulkhead.transactions import transactional
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import Crate, Pallet, PalletStatus, Price

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


ClientOf = Callable[..., Client]


def text_of(response: Response) -> str:
    return response.content.decode()


def told(response: Response) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def versions_on(page: Response) -> dict[str, str]:
    """Return what a page holds of versions, as a browser would send it back."""
    return dict(re.findall(r'name="(_version[^"]*)" value="([^"]*)"', text_of(page)))


class Yard:
    """Stores pallets, as a service would."""

    def pallet(self, code: str, *, status: PalletStatus = PalletStatus.OPEN) -> Pallet:
        pallet = Pallet(
            code=code,
            status=status,
            price=Price(amount=Decimal(10), currency="EUR"),
            crates=[Crate(content=f"apples of {code}", weight=7)],
        )
        with transactional("stock"):
            return PalletRepository().add(pallet)

    def note(self, pallet: Pallet, text: str) -> None:
        with transactional("stock"):
            pallets = PalletRepository()
            stored = pallets.get(pallet.id)
            stored.note = text
            pallets.save(stored)

    def stored(self, pallet: Pallet) -> Pallet:
        return PalletRepository().get(pallet.id)


@pytest.fixture
def yard() -> Yard:
    return Yard()


@pytest.fixture
def client_of(db: None) -> ClientOf:
    """Return what signs in a member of the staff who has these permissions alone."""

    def sign_in(*permissions: str) -> Client:
        user = User.objects.create_user("clerk", is_staff=True)
        for permission in permissions:
            app_label, codename = permission.split(".")
            user.user_permissions.add(
                Permission.objects.get(content_type__app_label=app_label, codename=codename)
            )
        client = Client()
        client.force_login(user)
        return client

    return sign_in
