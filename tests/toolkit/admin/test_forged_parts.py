"""Forms of parts that say what no page has shown, or what this user may not do."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.test import Client
from django.urls import path

from bulkhead.transactions import transactional
from project.urls import urlpatterns as project_pages
from tests.toolkit.admin.conftest import text_of
from tests.toolkit.admin.desk import CrateInline, PalletAdmin
from tests.toolkit.admin.filling import form_on
from tests.toolkit.yard.stock.db.models import PalletRow
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import Crate, Label, Pallet, Price

pytestmark = [pytest.mark.component("stock"), pytest.mark.urls(__name__)]

KEPT = [("apples", 1), ("pears", 2)]
NOBODYS = str(UUID(int=1))
NEW = {"crates-2-content": "figs", "crates-2-weight": "3", "crates-TOTAL_FORMS": "3"}
FEWER = {"crates-TOTAL_FORMS": "1", "crates-INITIAL_FORMS": "1"}
TURNED = {"crates-0-ORDER": "2", "crates-1-ORDER": "1"}
NONE = {"crates-TOTAL_FORMS": "0", "crates-INITIAL_FORMS": "0"}


class OpenAdmin(PalletAdmin):
    """Lets parts be added, changed and deleted."""


class CompleteInline(CrateInline):
    can_delete = False


class CompleteAdmin(PalletAdmin):
    inlines: ClassVar = [CompleteInline]


class KeptInline(CrateInline):
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KeptAdmin(PalletAdmin):
    inlines: ClassVar = [KeptInline]


class FixedInline(CrateInline):
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FixedAdmin(PalletAdmin):
    inlines: ClassVar = [FixedInline]


class FullInline(CrateInline):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FullAdmin(PalletAdmin):
    inlines: ClassVar = [FullInline]


SITES = {
    "open": OpenAdmin,
    "complete": CompleteAdmin,
    "kept": KeptAdmin,
    "fixed": FixedAdmin,
    "full": FullAdmin,
}
sites = {name: AdminSite(name=name) for name in SITES}
for name, registered in SITES.items():
    sites[name].register(PalletRow, registered)
urlpatterns = [*project_pages, *(path(f"{name}/", site.urls) for name, site in sites.items())]


@pytest.fixture
def pallet() -> Pallet:
    """Return a pallet of two crates, the first of which has a label."""
    apples = Crate(content="apples", weight=1, labels=[Label(text="fragile")])
    crates = [apples, Crate(content="pears", weight=2)]
    price = Price(amount=Decimal(10), currency="EUR")
    with transactional("stock"):
        return PalletRepository().add(Pallet(code="P-1", price=price, crates=crates))


def page_of(pallet: Pallet, site: str) -> str:
    return f"/{site}/stock/palletrow/{pallet.id}/change/"


def whole_form(client: Client, pallet: Pallet) -> dict[str, str]:
    """Return the form as those see it who may do anything."""
    return form_on(client, page_of(pallet, "open"))


def crates_of(pallet: Pallet) -> list[tuple[str, int]]:
    stored = PalletRepository().get(pallet.id).crates
    return [(crate.content, crate.weight) for crate in stored]


class TestKeys:
    @pytest.mark.parametrize("site", SITES)
    def test_that_are_repeated_are_an_error_of_the_form(
        self, admin_client: Client, pallet: Pallet, site: str
    ) -> None:
        shown = whole_form(admin_client, pallet)

        response = admin_client.post(
            page_of(pallet, site), shown | {"crates-1-id": shown["crates-0-id"]}
        )

        assert (
            "Two of these are one and the same, so nothing is saved. Load the page again."
        ) in text_of(response)
        assert crates_of(pallet) == KEPT

    def test_of_nobody_add_nothing_where_nothing_may_be_added(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        forged = {"crates-1-id": NOBODYS, "crates-1-content": "figs"}

        admin_client.post(page_of(pallet, "full"), whole_form(admin_client, pallet) | forged)

        assert crates_of(pallet) == [("apples", 1)]


class TestParts:
    @pytest.mark.parametrize("site", ["complete", "kept"])
    @pytest.mark.parametrize("forged", [{"crates-0-DELETE": "on"}, FEWER, NONE], ids=str)
    def test_stay_where_nothing_may_be_deleted(
        self, admin_client: Client, pallet: Pallet, site: str, forged: dict[str, str]
    ) -> None:
        page = page_of(pallet, site)

        response = admin_client.post(page, form_on(admin_client, page) | forged | {"code": "P-2"})

        assert response.status_code == 302
        assert crates_of(pallet) == KEPT
        assert PalletRepository().get(pallet.id).crates[0].labels == [Label(text="fragile")]

    @pytest.mark.parametrize(
        "forged", [{}, {"crates-0-content": "gold"}, TURNED, FEWER, NONE], ids=str
    )
    def test_stay_as_they_are_where_nothing_may_be_changed(
        self, admin_client: Client, pallet: Pallet, forged: dict[str, str]
    ) -> None:
        page = page_of(pallet, "fixed")

        response = admin_client.post(page, form_on(admin_client, page) | forged | {"code": "P-2"})

        assert response.status_code == 302
        assert crates_of(pallet) == KEPT
        assert PalletRepository().get(pallet.id).code == "P-2"

    def test_are_added_where_the_others_may_not_be_changed(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        page = page_of(pallet, "fixed")

        admin_client.post(page, form_on(admin_client, page) | NEW)

        assert crates_of(pallet) == [*KEPT, ("figs", 3)]

    def test_are_not_added_where_nothing_may_be_added(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        page = page_of(pallet, "full")

        admin_client.post(page, form_on(admin_client, page) | NEW)

        assert crates_of(pallet) == KEPT

    def test_that_somebody_has_added_since_stay_where_nothing_may_be_deleted(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        page = page_of(pallet, "complete")
        mine = form_on(admin_client, page)
        admin_client.post(page, mine | NEW)

        told = text_of(admin_client.post(page, mine | {"code": "P-2"}))

        assert (
            "“figs” was added since; it is not in this form, and it stays when you save again."
        ) in told
