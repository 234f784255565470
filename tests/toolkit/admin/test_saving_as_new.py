"""Copies of an aggregate, and forms whose own fields only one of two services takes; popups."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import pytest
from django.contrib.admin import AdminSite
from django.forms import CharField
from django.test import Client
from django.urls import path

from bulkhead.admin import AggregateAdmin, AggregateForm
from bulkhead.transactions import transactional
from project.urls import urlpatterns as project_pages
from tests.toolkit.admin.conftest import Yard, text_of, told
from tests.toolkit.admin.desk import CrateInline
from tests.toolkit.admin.filling import Form, form_on
from tests.toolkit.yard.stock.db.models import PalletRow
from tests.toolkit.yard.stock.db.repositories import PalletRepository
from tests.toolkit.yard.stock.domain.pallets import Crate, Pallet, PalletStatus, Price
from tests.toolkit.yard.stock.service import pallets

pytestmark = [pytest.mark.component("stock"), pytest.mark.urls(__name__)]

LIST = "/press/stock/palletrow/"


def store(*, code: str, price: Price, crates: list[Crate], origin: str) -> Pallet:
    return pallets.store_pallet(code=code, price=price, crates=crates, note=f"from {origin}")


def rename(*, pallet: UUID, code: str, reason: str) -> Pallet:
    with transactional("stock"):
        renamed = PalletRepository().get(pallet)
        renamed.code, renamed.note = code, reason
        return PalletRepository().save(renamed)


class PalletForm(AggregateForm):
    origin = CharField()
    reason = CharField()


class CopyingAdmin(AggregateAdmin):
    save_as = True
    form = PalletForm
    add_with = store
    change_with = rename
    delete_with = pallets.drop_pallet
    rebuild_fields = ("price", "crates")
    inlines: ClassVar = [CrateInline]
    fields = (("code", "reason"), "price_amount", "price_currency", "origin", "state")


press = AdminSite(name="press")
press.register(PalletRow, CopyingAdmin)
urlpatterns = [*project_pages, path("press/", press.urls)]


def page_of(pallet: Pallet, name: str = "change") -> str:
    return f"{LIST}{pallet.id}/{name}/"


class TestOwnFields:
    def test_stand_where_their_service_takes_them(self, admin_client: Client, yard: Yard) -> None:
        adding = form_on(admin_client, f"{LIST}add/")
        changing = form_on(admin_client, page_of(yard.pallet("P-1")))

        assert ("origin" in adding, "reason" in adding) == (True, False)
        assert ("origin" in changing, "reason" in changing) == (False, True)

    def test_are_required_there_alone(self, admin_client: Client) -> None:
        adding = form_on(admin_client, f"{LIST}add/")
        typed = {"code": "P-1", "price_amount": "1", "price_currency": "EUR", "origin": "Ahlen"}

        admin_client.post(f"{LIST}add/", adding | typed)

        pallet = PalletRepository().load(PalletRow.objects.all())[0]
        page = page_of(pallet)
        admin_client.post(page, form_on(admin_client, page) | {"code": "P-2", "reason": "moved"})
        assert pallet.note == "from Ahlen"
        assert PalletRow.objects.get().note == "moved"


class TestSavingAsNew:
    def test_asks_for_what_only_a_new_one_needs_then_copies_the_parts(
        self, admin_client: Client, yard: Yard
    ) -> None:
        page = page_of(yard.pallet("P-1"))
        copied = form_on(admin_client, page) | {"code": "P-2", "_saveasnew": "Save as new"}

        asked = admin_client.post(page, copied)
        done = admin_client.post(
            page, Form(asked).fields | {"origin": "Beckum", "_saveasnew": "Save as new"}
        )

        copy = PalletRepository().load(PalletRow.objects.filter(code="P-2"))[0]
        assert 'id="id_origin_error"' in text_of(asked)
        assert done.headers["Location"] == page_of(copy)
        assert (copy.note, copy.version) == ("from Beckum", 1)
        assert [crate.content for crate in copy.crates] == ["apples of P-1"]
        assert PalletRow.objects.get(code="P-1").crates.count() == 1

    def test_tells_a_refused_rule_beside_its_field(
        self, admin_client: Client, yard: Yard, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pallets, "MOST_CRATES", 0)
        page = page_of(yard.pallet("P-1"))
        copied = form_on(admin_client, page) | {"origin": "x", "_saveasnew": "Save as new"}

        refused = text_of(admin_client.post(page, copied | {"code": "P-2"}))

        assert "Pallet P-2 can&#x27;t carry 1 crates." in refused
        assert 'id="id_code_error"' in refused
        assert PalletRow.objects.count() == 1


class TestPopups:
    def test_stay_popups_when_a_rule_refuses_to_delete(
        self, admin_client: Client, yard: Yard
    ) -> None:
        pallet = yard.pallet("P-1", status=PalletStatus.SHIPPED)
        asked = admin_client.get(f"{page_of(pallet, 'delete')}?_popup=1", follow=True)

        refused = admin_client.post(asked.redirect_chain[-1][0], {"post": "yes", "_popup": "1"})

        assert told(refused) == [("error", "Pallet P-1 is shipped.")]
        assert refused.headers["Location"] == f"{page_of(pallet)}?_popup=1"

    @pytest.mark.parametrize("name", ["add", "change", "delete"])
    def test_close_when_it_is_done(self, admin_client: Client, yard: Yard, name: str) -> None:
        pallet = yard.pallet("P-1")
        page = f"{LIST}add/?_popup=1" if name == "add" else f"{page_of(pallet, name)}?_popup=1"
        asked = admin_client.get(page, follow=True)
        chain = asked.redirect_chain
        new = {"code": "P-2", "price_amount": "1", "price_currency": "EUR", "post": "yes"}

        done = admin_client.post(
            chain[-1][0] if chain else page,
            Form(asked).fields | new | {"origin": "x", "reason": "y"},
        )

        assert "data-popup-response=" in text_of(done)
