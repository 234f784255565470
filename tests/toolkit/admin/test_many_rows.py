"""Lists of many rows, whose versions come in one input, for a form has a limit of those."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.contrib.admin import AdminSite
from django.test import Client
from django.urls import path
from django.utils.safestring import SafeString

from bulkhead.admin import service_action
from project.urls import urlpatterns as project_pages
from tests.toolkit.admin.conftest import ClientOf, text_of, told, versions_on
from tests.toolkit.admin.desk import PalletAdmin
from tests.toolkit.admin.filling import Form, form_on
from tests.toolkit.yard.stock.db.models import PalletRow
from tests.toolkit.yard.stock.service import shipping

if TYPE_CHECKING:
    from django.db.models import Model

pytestmark = [pytest.mark.component("stock"), pytest.mark.urls(__name__)]

LIST = "/warehouse/stock/palletrow/"


class LongAdmin(PalletAdmin):
    list_per_page = 1000
    ordering = ("code",)
    actions = (service_action(shipping.ship_pallet, label="Ship"),)

    def action_checkbox(self, obj: Model) -> SafeString:
        return SafeString("") if str(obj) == "P-0" else super().action_checkbox(obj)


warehouse = AdminSite(name="warehouse")
warehouse.register(PalletRow, LongAdmin)
urlpatterns = [*project_pages, path("warehouse/", warehouse.urls)]


def many_pallets(count: int) -> list[str]:
    """Store so many pallets, and return their keys."""
    rows = PalletRow.objects.bulk_create(
        PalletRow(
            id=UUID(int=number + 1),
            code=f"P-{number}",
            state="open",
            price_amount=1,
            price_currency="EUR",
        )
        for number in range(count)
    )
    return [str(row.pk) for row in rows]


def chosen(action: str, keys: list[str]) -> dict[str, object]:
    return {"action": action, "index": "0", "_selected_action": keys}


class TestManyRows:
    def test_are_deleted_after_one_question(self, admin_client: Client) -> None:
        keys = many_pallets(600)

        asked = admin_client.post(
            LIST, form_on(admin_client, LIST) | chosen("delete_selected", keys)
        )
        done = admin_client.post(LIST, {**Form(asked).fields, "_selected_action": keys})

        assert told(done) == [("success", "Delete pallets: done for 600 pallets.")]
        assert not PalletRow.objects.exists()

    def test_stand_in_a_list_where_some_are_chosen(self, admin_client: Client) -> None:
        keys = many_pallets(1000)
        shown = versions_on(admin_client.get(LIST))

        done = admin_client.post(LIST, shown | chosen("ship_pallet", keys[:2]))

        assert list(shown) == ["_versions"]
        assert told(done) == [("success", "Ship: done for 2 pallets.")]

    def test_of_all_pages_are_acted_on_at_once(self, admin_client: Client) -> None:
        keys = many_pallets(1100)
        shown = versions_on(admin_client.get(LIST))
        across = {"select_across": "1"}

        done = admin_client.post(LIST, shown | across | chosen("ship_pallet", keys[:1]))

        assert told(done) == [("success", "Ship: done for 1100 pallets.")]


class TestVersions:
    def test_stand_beside_the_first_row_that_can_be_chosen(self, admin_client: Client) -> None:
        many_pallets(3)

        page = text_of(admin_client.get(LIST))

        assert page.count('name="_selected_action"') == 2
        assert page.count('name="_versions"') == 1

    def test_of_another_user_say_nothing(self, admin_client: Client, client_of: ClientOf) -> None:
        keys = many_pallets(1)
        shown = versions_on(admin_client.get(LIST))
        clerk = client_of("stock.change_palletrow")

        done = clerk.post(LIST, shown | chosen("ship_pallet", keys))

        [(level, message)] = told(done)
        assert level == "error"
        assert message == (
            "Ship: P-0 is left as it was. This page does not tell which version of the pallet it "
            "has shown to you. Load the page again, then repeat what you did."
        )
