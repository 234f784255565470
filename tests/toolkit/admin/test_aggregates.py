"""Rows behind an aggregate in the admin."""

from __future__ import annotations

import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from bulkhead.admin import PastTheDomainError
from tests.toolkit.admin.conftest import ClientOf, Yard, text_of, told, versions_on
from tests.toolkit.yard.stock.db.models import PalletRow
from tests.toolkit.yard.stock.domain.pallets import Pallet, PalletStatus

pytestmark = pytest.mark.component("stock")

LIST = "/admin/stock/palletrow/"


def page_of(pallet: Pallet, name: str = "change") -> str:
    return reverse(f"admin:stock_palletrow_{name}", args=[pallet.id])


def act(
    client: Client, action: str, *pallets: Pallet, versions: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    """Choose an action on the list as it is now, or as it was when it showed these versions."""
    shown = versions_on(client.get(LIST)) if versions is None else versions
    return told(client.post(LIST, chosen(action, *pallets) | shown))


def chosen(action: str, *pallets: Pallet) -> dict[str, object]:
    keys = [str(pallet.id) for pallet in pallets]
    return {"action": action, "index": "0", "_selected_action": keys}


class TestPages:
    def test_list_rows(self, admin_client: Client, yard: Yard) -> None:
        yard.pallet("P-1")

        page = text_of(admin_client.get(LIST))

        assert "P-1" in page
        assert "Select pallet to view" in page
        assert "Pallet row" not in page

    def test_search_also_through_parts(self, admin_client: Client, yard: Yard) -> None:
        yard.pallet("P-1")
        yard.pallet("P-2")

        page = text_of(admin_client.get(LIST, {"q": "apples of P-2"}))

        assert ("P-1" in page, "P-2" in page) == (False, True)

    def test_filter(self, admin_client: Client, yard: Yard) -> None:
        yard.pallet("P-1")
        yard.pallet("P-2", status=PalletStatus.SHIPPED)

        page = text_of(admin_client.get(LIST, {"state__exact": "shipped"}))

        assert ("P-1" in page, "P-2" in page) == (False, True)

    def test_show_a_row_with_its_parts_to_read_only(self, admin_client: Client, yard: Yard) -> None:
        page = text_of(admin_client.get(page_of(yard.pallet("P-1"))))

        assert "View pallet" in page
        assert "apples of P-1" in page
        assert 'name="_save"' not in page
        assert 'name="code"' not in page
        assert 'name="crates-0-content"' not in page

    @pytest.mark.parametrize("permission", ["stock.view_palletrow", "stock.change_palletrow"])
    def test_show_the_row_to_who_may_view_or_change_it(
        self, client_of: ClientOf, yard: Yard, permission: str
    ) -> None:
        client = client_of(permission)

        assert client.get(page_of(yard.pallet("P-1"))).status_code == 200

    def test_hide_the_row_from_others(self, client_of: ClientOf, yard: Yard) -> None:
        client = client_of("stock.add_palletrow")

        assert client.get(page_of(yard.pallet("P-1"))).status_code == 403


class TestForms:
    def test_add_nothing(self, admin_client: Client) -> None:
        assert admin_client.get(f"{LIST}add/").status_code == 403

    def test_change_nothing(self, admin_client: Client, yard: Yard) -> None:
        pallet = yard.pallet("P-1")

        response = admin_client.post(page_of(pallet), {"code": "X", "_save": "Save"})

        assert (response.status_code, yard.stored(pallet).code) == (403, "P-1")

    def test_delete_nothing(self, admin_client: Client, yard: Yard) -> None:
        pallet = yard.pallet("P-1")

        response = admin_client.post(page_of(pallet, "delete"), {"post": "yes"})

        assert (response.status_code, yard.stored(pallet)) == (403, pallet)

    def test_offer_no_bulk_delete(self, admin_client: Client, yard: Yard) -> None:
        pallet = yard.pallet("P-1")

        assert act(admin_client, "delete_selected", pallet) == [("warning", "No action selected.")]
        assert yard.stored(pallet) == pallet

    @pytest.mark.parametrize(
        ("write", "given"),
        [
            ("save_model", (None, PalletRow(), None, True)),
            ("save_formset", (None, None, None, True)),
            ("delete_model", (None, PalletRow())),
            ("delete_queryset", (None, PalletRow.objects.none())),
        ],
    )
    def test_never_write_even_if_a_subclass_lets_them(
        self, write: str, given: tuple[object, ...]
    ) -> None:
        pallet_admin = site.get_model_admin(PalletRow)

        with pytest.raises(PastTheDomainError) as caught:
            getattr(pallet_admin, write)(*given)

        assert str(caught.value) == (
            "PalletRow is the row of an aggregate: the admin does not write it, for the rules of "
            "the domain would not hold. Name a service: add_with, change_with, delete_with, or an "
            "action by service_action(...)."
        )


class TestActions:
    def test_are_offered_by_their_label(self, admin_client: Client, yard: Yard) -> None:
        yard.pallet("P-1")

        page = text_of(admin_client.get(LIST))

        assert '<option value="ship_pallet">Ship selected pallets</option>' in page

    def test_call_the_service_for_each_row(self, admin_client: Client, yard: Yard) -> None:
        one, two = yard.pallet("P-1"), yard.pallet("P-2")

        messages = act(admin_client, "ship_pallet", one, two)

        assert messages == [("success", "Ship selected pallets: done for 2 pallets.")]
        assert yard.stored(one).status is PalletStatus.SHIPPED
        assert yard.stored(two).status is PalletStatus.SHIPPED

    def test_tell_each_row_that_a_rule_refuses(self, admin_client: Client, yard: Yard) -> None:
        shipped = [yard.pallet(code, status=PalletStatus.SHIPPED) for code in ("P-1", "P-3")]
        pallet = yard.pallet("P-2")

        messages = act(admin_client, "ship_pallet", *shipped, pallet)

        assert sorted(messages) == [
            ("error", "Ship selected pallets: P-1 is left as it was. Pallet P-1 is shipped."),
            ("error", "Ship selected pallets: P-3 is left as it was. Pallet P-3 is shipped."),
            ("success", "Ship selected pallets: done for 1 pallet."),
        ]
        assert yard.stored(pallet).status is PalletStatus.SHIPPED

    def test_refuse_what_somebody_changed_since_the_page_was_loaded(
        self, admin_client: Client, yard: Yard
    ) -> None:
        moved, still = yard.pallet("P-1"), yard.pallet("P-2")
        versions = versions_on(admin_client.get(LIST))
        yard.note(moved, "fragile")

        messages = act(admin_client, "ship_pallet", moved, still, versions=versions)

        assert sorted(messages) == [
            (
                "error",
                "Ship selected pallets: P-1 is left as it was. Somebody else changed it since "
                "this page was loaded. Look at it, then try again.",
            ),
            ("success", "Ship selected pallets: done for 1 pallet."),
        ]
        assert yard.stored(moved).status is PalletStatus.OPEN

    def test_keep_and_tell_what_was_done_before_a_bug(
        self, admin_client: Client, yard: Yard
    ) -> None:
        good, bad = yard.pallet("P-1"), yard.pallet("P-2")
        yard.note(bad, "bug")
        versions = versions_on(admin_client.get(LIST))
        admin_client.raise_request_exception = False

        response = admin_client.post(f"{LIST}?o=1", chosen("ship_pallet", good, bad) | versions)

        assert response.status_code == 500
        assert told(response) == [("success", "Ship selected pallets: done for 1 pallet.")]
        assert yard.stored(good).status is PalletStatus.SHIPPED
        assert yard.stored(bad).status is PalletStatus.OPEN

    def test_give_the_service_what_the_request_knows(
        self, admin_client: Client, yard: Yard
    ) -> None:
        pallet = yard.pallet("P-1")

        act(admin_client, "sign_pallet", pallet)

        assert yard.stored(pallet).note == "signed by admin"

    def test_stand_in_the_history_of_what_they_changed(
        self, admin_client: Client, yard: Yard
    ) -> None:
        changed, refused = yard.pallet("P-1"), yard.pallet("P-2", status=PalletStatus.SHIPPED)

        act(admin_client, "ship_pallet", changed, refused)

        [entry] = LogEntry.objects.all()
        assert (entry.object_id, entry.object_repr) == (str(changed.id), "P-1")
        assert (entry.is_change(), entry.get_change_message()) == (True, "Ship selected pallets")
        assert "<td>Ship selected pallets</td>" in text_of(
            admin_client.get(page_of(changed, "history"))
        )

    def test_need_the_permission_to_change(self, client_of: ClientOf, yard: Yard) -> None:
        pallet = yard.pallet("P-1")
        client = client_of("stock.view_palletrow")

        messages = act(client, "ship_pallet", pallet)

        assert messages == []
        assert yard.stored(pallet).status is PalletStatus.OPEN

    def test_may_need_another_permission(self, client_of: ClientOf, yard: Yard) -> None:
        pallet = yard.pallet("P-1")
        client = client_of("stock.view_palletrow", "stock.delete_palletrow")

        page = text_of(client.get(LIST))
        messages = act(client, "sign_pallet", pallet)

        assert 'value="ship_pallet"' not in page
        assert messages == [("success", "Sign: done for 1 pallet.")]

    def test_show_names_with_markup_as_text(self, admin_client: Client, yard: Yard) -> None:
        pallet = yard.pallet("<b>P</b>", status=PalletStatus.SHIPPED)

        data = chosen("ship_pallet", pallet) | versions_on(admin_client.get(LIST))
        page = text_of(admin_client.post(LIST, data, follow=True))

        assert "<b>P</b>" not in page
        assert "&lt;b&gt;P&lt;/b&gt; is left as it was" in page
