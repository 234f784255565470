"""Admins that say more than most: keys that people type, lines left out, rows nobody may delete."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from django.contrib.admin import AdminSite
from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from bulkhead.admin import AggregateAdmin, service_action
from bulkhead.transactions import transactional
from project.urls import urlpatterns as project_pages
from tests.toolkit.admin.conftest import ClientOf, Yard, text_of, told
from tests.toolkit.admin.desk import CrateInline, PalletAdmin
from tests.toolkit.admin.filling import form_on
from tests.toolkit.yard.stock.db.models import PalletRow, TicketRow
from tests.toolkit.yard.stock.db.repositories import PalletRepository, TicketRepository
from tests.toolkit.yard.stock.domain.pallets import Crate, Pallet, PalletStatus, Price
from tests.toolkit.yard.stock.domain.shipments import Ticket, TicketId
from tests.toolkit.yard.stock.service import shipping

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = [
    pytest.mark.component("stock"),
    pytest.mark.urls("tests.toolkit.admin.test_unusual_admins"),
]
LIST = "/gate/stock/palletrow/"


def book(*, id: TicketId, holder: str) -> Ticket:  # noqa: A002 - as the field is called
    with transactional("stock"):
        return TicketRepository().add(Ticket(id=id, holder=holder))


def book_by_key(*, id: TicketId, holder: str) -> TicketId:  # noqa: A002 - as the field is called
    return book(id=id, holder=holder).id


class TicketAdmin(AggregateAdmin):
    add_with = book


class WithoutPears(CrateInline):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).exclude(content="pears")


class GateAdmin(PalletAdmin):
    inlines: ClassVar = [WithoutPears]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        kept = obj is not None and obj.code == "KEPT"
        return not kept and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        kept = obj is not None and obj.code == "KEPT"
        return not kept and super().has_delete_permission(request, obj)


class DeskAdmin(AggregateAdmin):
    """Has no form: its only way to change a pallet is an action."""

    actions = (service_action(shipping.ship_pallet, label="Ship"),)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        kept = obj is not None and obj.code == "KEPT"
        return not kept and super().has_change_permission(request, obj)


class FinalAdmin(PalletAdmin):
    def is_final(self, row: PalletRow) -> bool:
        return row.state == "shipped"


gate = AdminSite(name="gate")
gate.register(PalletRow, GateAdmin)
gate.register(TicketRow, TicketAdmin)
counter = AdminSite(name="counter")
counter.register(PalletRow, DeskAdmin)
archive = AdminSite(name="archive")
archive.register(PalletRow, FinalAdmin)
urlpatterns = [
    *project_pages,
    *(path(f"{site.name}/", site.urls) for site in (gate, counter, archive)),
]


@pytest.fixture
def pallet() -> Pallet:
    """Return a pallet of two crates, apples and plums."""
    return stored("apples", "plums")


def stored(*contents: str) -> Pallet:
    price = Price(amount=Decimal(10), currency="EUR")
    crates = [Crate(content=content, weight=1) for content in contents]
    with transactional("stock"):
        return PalletRepository().add(Pallet(code="P-1", price=price, crates=crates))


def page_of(pallet: Pallet, name: str = "change") -> str:
    return f"{LIST}{pallet.id}/{name}/"


def contents(pallet: Pallet) -> list[str]:
    return [crate.content for crate in PalletRepository().get(pallet.id).crates]


class TestKeys:
    @pytest.mark.parametrize("service", [book, book_by_key])
    def test_that_a_service_requires_are_typed(
        self, admin_client: Client, monkeypatch: pytest.MonkeyPatch, service: Any
    ) -> None:
        monkeypatch.setattr(TicketAdmin, "add_with", staticmethod(service))
        fields = form_on(admin_client, "/gate/stock/ticketrow/add/")

        response = admin_client.post(
            "/gate/stock/ticketrow/add/", fields | {"id": "a/b c", "holder": "me"}
        )

        assert response.status_code == 302
        assert TicketRepository().get(TicketId("a/b c")).holder == "me"

    def test_that_are_typed_are_fixed_afterwards(self, admin_client: Client) -> None:
        book(id=TicketId("a/b"), holder="me")

        page = admin_client.get(f"/gate/stock/ticketrow/{quote('a/b')}/change/")

        assert page.status_code == 200
        assert 'name="id"' not in text_of(page)


class TestParts:
    def test_that_an_inline_leaves_out_are_never_removed(self, admin_client: Client) -> None:
        pallet = stored("apples", "pears")
        shown = form_on(admin_client, page_of(pallet))

        response = admin_client.post(page_of(pallet), shown | {"code": "P-2"})

        assert (
            "Some are not shown here (pears), and saving would remove them, so nothing is saved. "
            "Tell who looks after this page that it has to show all of them."
        ) in text_of(response)
        assert contents(pallet) == ["apples", "pears"]

    def test_that_are_new_get_the_place_that_was_typed(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        new = {"crates-2-content": "figs", "crates-2-weight": "1", "crates-2-ORDER": "1"}
        shown = form_on(admin_client, page_of(pallet))

        admin_client.post(page_of(pallet), shown | new | {"crates-TOTAL_FORMS": "3"})

        assert contents(pallet) == ["figs", "apples", "plums"]


class TestDeleting:
    def test_in_bulk_asks_for_the_permission_of_each_row(
        self, admin_client: Client, yard: Yard
    ) -> None:
        keys = [str(yard.pallet(code).id) for code in ("P-1", "KEPT")]
        shown = form_on(admin_client, LIST)
        chosen = {"action": "delete_selected", "index": "0", "_selected_action": keys}

        response = admin_client.post(LIST, {**shown, **chosen, "post": "yes"})

        assert (response.status_code, PalletRow.objects.count()) == (403, 2)

    def test_needs_no_other_permission(self, client_of: ClientOf, pallet: Pallet) -> None:
        client = client_of("stock.delete_palletrow")
        asked: Any = client.get(page_of(pallet, "delete"), follow=True)

        response: Response = client.post(asked.redirect_chain[-1][0], {"post": "yes"})

        assert [level for level, _ in told(response)] == ["success"]
        assert not PalletRow.objects.exists()


class TestActions:
    @pytest.mark.parametrize("site", ["gate", "counter"])
    def test_leave_rows_that_this_user_may_not_change(
        self, client_of: ClientOf, yard: Yard, site: str
    ) -> None:
        keys = [str(yard.pallet(code).id) for code in ("P-1", "KEPT")]
        page = f"/{site}/stock/palletrow/"
        client = client_of("stock.change_palletrow")
        chosen = {"action": "ship_pallet", "index": "0", "_selected_action": keys}

        response = client.post(page, {**form_on(client, page), **chosen})

        assert sorted(told(response)) == [
            (
                "error",
                "Ship: KEPT is left as it was. You have no permission to change this pallet. "
                "Ask who gives permissions, or leave it out.",
            ),
            ("success", "Ship: done for 1 pallet."),
        ]
        assert PalletRow.objects.get(code="KEPT").state == "open"

    def test_with_a_permission_of_their_own_ask_for_nothing_else(
        self, client_of: ClientOf, yard: Yard, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = str(yard.pallet("KEPT").id)
        client = client_of("stock.view_palletrow", "stock.delete_palletrow")
        [action, *_] = counter.get_model_admin(PalletRow).actions or ()
        monkeypatch.setattr(action, "permission", "stock.delete_palletrow")
        page = "/counter/stock/palletrow/"
        chosen = {"action": "ship_pallet", "index": "0", "_selected_action": key}

        response = client.post(page, form_on(client, page) | chosen)

        assert told(response) == [("success", "Ship: done for 1 pallet.")]


class TestFinalRows:
    @pytest.fixture
    def page(self, yard: Yard) -> str:
        shipped = yard.pallet("P-1", status=PalletStatus.SHIPPED)
        return f"/archive/stock/palletrow/{shipped.id}/change/"

    @pytest.fixture
    def shown(
        self, admin_client: Client, page: str, monkeypatch: pytest.MonkeyPatch
    ) -> dict[str, str]:
        """Return the form as it was before the row was final."""
        with monkeypatch.context() as before:
            before.setattr(FinalAdmin, "is_final", lambda _admin, _row: False)
            return form_on(admin_client, page)

    def test_are_read_alone(self, admin_client: Client, page: str) -> None:
        assert 'name="note"' not in text_of(admin_client.get(page))

    def test_are_not_rebuilt_by_a_forged_form(
        self, admin_client: Client, page: str, shown: dict[str, str]
    ) -> None:
        response = admin_client.post(page, shown | {"note": "forged"})

        assert (
            "This pallet is final, so nothing is saved. "
            "Load the page again: it shows what can still be done."
        ) in text_of(response)
        assert PalletRow.objects.get().note is None

    def test_are_otherwise_for_the_service_to_decide(
        self, admin_client: Client, page: str, shown: dict[str, str]
    ) -> None:
        response = admin_client.post(page, shown | {"code": "P-2"})

        assert "Pallet P-2 is shipped." in text_of(response)


class TestTwoTabs:
    @override_settings(USE_TZ=False)
    def test_are_told_of_each_other_without_time_zones(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        shown = form_on(admin_client, page_of(pallet))
        admin_client.post(page_of(pallet), shown | {"code": "P-2"})

        response = admin_client.post(page_of(pallet), shown | {"code": "P-3"})

        assert "This pallet was changed while you worked on it: admin at " in text_of(response)
        assert "(Changed Code)." in text_of(response)
