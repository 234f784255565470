"""What the tests of references share."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from textwrap import dedent
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from bulkhead.exposed import ExposedFunction, watch_calls
from tests.toolkit.yard.sales.db.models import Load, Tour
from tests.toolkit.yard.stock.db.models import PalletRow

ROOT = Path(__file__).resolve().parents[3]
NOWHERE = UUID(int=99)


def pallet(code: str, number: int) -> UUID:
    """Store a pallet, and return its id."""
    row = PalletRow.objects.create(
        id=UUID(int=number), code=code, state="open", price_amount=1, price_currency="EUR"
    )
    return row.pk


def loaded(*pallets: UUID, tour: str = "North", driver: int | None = None) -> Tour:
    """Store a tour with a load of each pallet."""
    made = Tour.objects.create(name=tour)
    for key in pallets:
        Load.objects.create(tour=made, pallet_id=key, driver_id=driver)
    return made


@pytest.fixture
def calls() -> Iterator[list[str]]:
    """Yield the names of the public functions that are called."""
    called: list[str] = []

    def note(entry: ExposedFunction, call: partial[Any]) -> Any:
        called.append(entry.name)
        return call()

    with watch_calls(note):
        yield called


@pytest.fixture
def run_python() -> Callable[[str], str]:
    """Return what runs a program in an interpreter of its own, and returns what it printed."""

    def run(source: str) -> str:
        command = [sys.executable, "-W", "error", "-c", dedent(source)]
        done = subprocess.run(  # noqa: S603 - our own program
            command, cwd=ROOT, capture_output=True, text=True, check=True
        )
        return done.stdout

    return run


@pytest.fixture
def client_of(db: None) -> Callable[..., Client]:
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
