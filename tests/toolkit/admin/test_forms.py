"""Forms of the admin that save an aggregate through its services."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import ResolverMatch

from bulkhead.admin import saving
from bulkhead.transactions import transactional
from tests.toolkit.admin.conftest import ClientOf, Yard, text_of, told
from tests.toolkit.admin.desk import desk
from tests.toolkit.admin.filling import Form, form_on
from tests.toolkit.yard.stock.db.models import CrateRow, PalletRow, ShelfRow
from tests.toolkit.yard.stock.db.repositories import PalletRepository, ShelfRepository
from tests.toolkit.yard.stock.domain.pallets import (
    Crate,
    Label,
    Pallet,
    PalletStatus,
    Price,
    Shelf,
    Slot,
)

pytestmark = [pytest.mark.component("stock"), pytest.mark.urls("tests.toolkit.admin.desk")]

LIST = "/desk/stock/palletrow/"
NEW = {
    "code": "P-1",
    "price_amount": "10.00",
    "price_currency": "EUR",
    "crates-TOTAL_FORMS": "0",
    "crates-INITIAL_FORMS": "0",
}


def page_of(pallet: Pallet, name: str = "change") -> str:
    return f"{LIST}{pallet.id}/{name}/"


def crates(*contents: str, initial: int = 0) -> dict[str, str]:
    data = {"crates-TOTAL_FORMS": str(len(contents)), "crates-INITIAL_FORMS": str(initial)}
    for place, content in enumerate(contents):
        data |= {f"crates-{place}-content": content, f"crates-{place}-weight": "3"}
    return data


def errors_on(page: str) -> list[str]:
    lists = re.findall(r'<ul class="errorlist[^>]*>(.*?)</ul>', page, re.DOTALL)
    return [error for found in lists for error in re.findall(r"<li>(.*?)</li>", found, re.DOTALL)]


def contents_of(pallet: Pallet) -> list[str]:
    return [crate.content for crate in pallet.crates]


@pytest.fixture
def pallet(yard: Yard) -> Pallet:
    """Return a pallet of three crates, the first of which has a label."""
    made = Pallet(
        code="P-1",
        price=Price(amount=Decimal(10), currency="EUR"),
        crates=[
            Crate(content="apples", weight=1, labels=[Label(text="fragile")]),
            Crate(content="pears", weight=2),
            Crate(content="plums", weight=3),
        ],
    )
    with transactional("stock"):
        return PalletRepository().add(made)


class TestAdding:
    def test_gives_the_service_values_of_the_domain(self, admin_client: Client) -> None:
        response = admin_client.post(f"{LIST}add/", NEW | crates("apples", "pears"))

        [stored] = PalletRepository().load(PalletRow.objects.all())
        assert response.headers["Location"] == LIST
        assert stored.price == Price(amount=Decimal("10.00"), currency="EUR")
        assert stored.status is PalletStatus.OPEN
        assert [(crate.content, crate.weight) for crate in stored.crates] == [
            ("apples", 3),
            ("pears", 3),
        ]

    def test_says_so_in_the_words_of_the_domain(self, admin_client: Client) -> None:
        response = admin_client.post(f"{LIST}add/", NEW | crates("apples"))

        [(level, message)] = told(response)
        [entry] = LogEntry.objects.all()
        assert level == "success"
        assert re.sub("<.*?>", "", message) == "The pallet “P-1” was added successfully."
        assert entry.get_change_message() == "Added. Added crate “apples”."
        assert entry.object_id == str(PalletRow.objects.get().pk)

    def test_shows_only_what_can_be_filled(self, admin_client: Client) -> None:
        page = text_of(admin_client.get(f"{LIST}add/"))

        names = {name for name in form_on(admin_client, f"{LIST}add/") if name[0] != "_"}
        assert "Add pallet" in page
        assert "field-state" not in page
        assert {name for name in names if not name.startswith(("crates-", "csrf"))} == {
            "code",
            "price_amount",
            "price_currency",
            "note",
            "held_amount",
        }
        assert {name for name in names if name.startswith("crates-0-")} == {
            "crates-0-id",
            "crates-0-pallet",
            "crates-0-ORDER",
            "crates-0-content",
            "crates-0-weight",
        }

    def test_tells_a_refused_rule_beside_the_parts_and_keeps_what_was_typed(
        self, admin_client: Client
    ) -> None:
        data = NEW | crates("apples", "pears", "plums", "figs") | {"note": "typed"}

        page = text_of(admin_client.post(f"{LIST}add/", data))

        assert "Pallet P-1 can&#x27;t carry 4 crates." in errors_on(page)
        assert 'name="crates-3-content" value="figs"' in page
        assert ">\ntyped</textarea>" in page
        assert (PalletRow.objects.count(), LogEntry.objects.count()) == (0, 0)

    def test_tells_what_a_value_refuses_beside_its_field(self, admin_client: Client) -> None:
        page = text_of(admin_client.post(f"{LIST}add/", NEW | {"price_amount": "-1"}))

        assert errors_on(page) == ["A price is not below zero, and this one is -1."]
        assert 'id="id_price_amount_error"' in page

    def test_needs_the_permission(self, client_of: ClientOf) -> None:
        client = client_of("stock.change_palletrow")

        assert client.post(f"{LIST}add/", NEW).status_code == 403


class TestChanging:
    def test_gives_the_service_what_was_typed_and_the_parts_in_order(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        data = form_on(admin_client, page_of(pallet))
        data |= {"code": "P-2", "crates-0-ORDER": "3", "crates-2-ORDER": "1"}

        admin_client.post(page_of(pallet), data)

        stored = PalletRepository().get(pallet.id)
        assert (stored.code, stored.version) == ("P-2", 2)
        assert contents_of(stored) == ["plums", "pears", "apples"]
        assert stored.marks == ["repacked by admin"]
        assert [crate.id for crate in stored.crates] == [
            crate.id for crate in reversed(pallet.crates)
        ]

    @pytest.mark.parametrize(
        ("moved", "to", "after"),
        [(2, "1", ["plums", "apples", "pears"]), (0, "3", ["pears", "plums", "apples"])],
    )
    def test_gives_a_moved_part_the_place_of_the_one_that_was_there(
        self, admin_client: Client, pallet: Pallet, moved: int, to: str, after: list[str]
    ) -> None:
        data = form_on(admin_client, page_of(pallet)) | {f"crates-{moved}-ORDER": to}

        admin_client.post(page_of(pallet), data)

        assert contents_of(PalletRepository().get(pallet.id)) == after

    def test_tells_what_a_constraint_refuses_that_no_rule_has_foreseen(
        self, admin_client: Client, pallet: Pallet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = form_on(admin_client, page_of(pallet)) | {"code": "P-2"}
        monkeypatch.setattr(PalletRepository, "save", _refuse)

        [error] = errors_on(text_of(admin_client.post(page_of(pallet), data)))

        assert error.startswith("It can&#x27;t be stored like this beside what is stored already")

    def test_keeps_what_parts_have_below_them(self, admin_client: Client, pallet: Pallet) -> None:
        data = form_on(admin_client, page_of(pallet)) | {"crates-0-content": "quinces"}

        admin_client.post(page_of(pallet), data)

        first = PalletRepository().get(pallet.id).crates[0]
        assert (first.content, first.labels) == ("quinces", [Label(text="fragile")])

    def test_adds_and_deletes_parts(self, admin_client: Client, pallet: Pallet) -> None:
        data = form_on(admin_client, page_of(pallet))
        data |= {"crates-1-DELETE": "on", "crates-TOTAL_FORMS": "4"}
        data |= {"crates-3-content": "figs", "crates-3-weight": "9"}

        admin_client.post(page_of(pallet), data)

        [entry] = LogEntry.objects.all()
        assert contents_of(PalletRepository().get(pallet.id)) == ["apples", "plums", "figs"]
        assert entry.get_change_message() == "Added crate “figs”. Deleted crate “pears”."

    def test_tells_a_refused_rule_beside_its_field(self, admin_client: Client, yard: Yard) -> None:
        shipped = yard.pallet("P-9", status=PalletStatus.SHIPPED)
        data = form_on(admin_client, page_of(shipped)) | {"code": "P-10"}

        page = text_of(admin_client.post(page_of(shipped), data))

        assert errors_on(page) == ["Pallet P-10 is shipped."]
        assert 'id="id_code_error"' in page
        assert 'name="code" value="P-10"' in page

    def test_keeps_new_rows_and_delete_ticks_of_what_was_refused(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        data = form_on(admin_client, page_of(pallet))
        data |= {"crates-1-DELETE": "on", "crates-TOTAL_FORMS": "6"}
        for place in (3, 4, 5):
            data |= {f"crates-{place}-content": f"new {place}", f"crates-{place}-weight": "1"}

        page = text_of(admin_client.post(page_of(pallet), data))

        assert "Pallet P-1 can&#x27;t carry 5 crates." in errors_on(page)
        assert all(f'value="new {place}"' in page for place in (3, 4, 5))
        assert re.search(r'name="crates-1-DELETE"[^>]*checked', page)
        assert contents_of(PalletRepository().get(pallet.id)) == ["apples", "pears", "plums"]

    def test_sets_no_state_that_a_method_sets(self, admin_client: Client, pallet: Pallet) -> None:
        data = form_on(admin_client, page_of(pallet))

        admin_client.post(page_of(pallet), data | {"state": "shipped", "status": "shipped"})

        assert "state" not in data
        assert PalletRepository().get(pallet.id).status is PalletStatus.OPEN

    def test_goes_on_after_a_mistake_was_mended(self, admin_client: Client, pallet: Pallet) -> None:
        data = form_on(admin_client, page_of(pallet)) | {"price_amount": "-3"}
        refused = admin_client.post(page_of(pallet), data)

        response = admin_client.post(page_of(pallet), data | {"price_amount": "3"})

        assert (refused.status_code, response.status_code) == (200, 302)
        assert PalletRepository().get(pallet.id).price.amount == 3

    def test_leaves_bugs_alone(
        self, admin_client: Client, pallet: Pallet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = form_on(admin_client, page_of(pallet))
        monkeypatch.setattr(PalletRepository, "save", _raise)

        with pytest.raises(ZeroDivisionError):
            admin_client.post(page_of(pallet), data)

    def test_is_read_only_without_the_permission(self, client_of: ClientOf, pallet: Pallet) -> None:
        client = client_of("stock.view_palletrow")

        page = text_of(client.get(page_of(pallet)))

        assert 'name="code"' not in page
        assert "apples" in page
        assert client.post(page_of(pallet), NEW).status_code == 403


class TestRebuilding:
    def test_saves_a_field_through_the_constructor(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        data = form_on(admin_client, page_of(pallet)) | {"note": "wet"}

        admin_client.post(page_of(pallet), data)

        stored = PalletRepository().get(pallet.id)
        assert (stored.note, stored.version, stored.marks) == ("wet", 2, [])

    def test_rebuilds_frozen_aggregates_with_their_parts(self, admin_client: Client) -> None:
        with transactional("stock"):
            shelf = ShelfRepository().add(Shelf(name="A", slots=(Slot(width=1), Slot(width=2))))
        page = f"/desk/stock/shelfrow/{shelf.id}/change/"
        data = form_on(admin_client, page) | {"name": "B", "slots-0-DELETE": "on"}

        admin_client.post(page, data)

        assert ShelfRepository().get(shelf.id) == Shelf(
            id=shelf.id, name="B", slots=(shelf.slots[1],), version=2
        )

    def test_refuses_what_somebody_changes_in_the_last_moment(
        self, admin_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with transactional("stock"):
            shelf = ShelfRepository().add(Shelf(name="A"))
        page = f"/desk/stock/shelfrow/{shelf.id}/change/"
        data = form_on(admin_client, page) | {"name": "mine"}
        monkeypatch.setattr(saving, "require_history_first", lambda _alias: _rename(shelf))

        refused = text_of(admin_client.post(page, data))

        assert "Somebody else changed it since this page was loaded." in errors_on(refused)[0]
        assert ShelfRepository().get(shelf.id).name == "A"


class TestTwoTabs:
    def test_the_second_is_told_who_changed_what_and_keeps_what_it_typed(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        boss = User.objects.create_superuser("boss")
        other = Client()
        other.force_login(boss)
        mine = form_on(admin_client, page_of(pallet)) | {"code": "mine"}
        theirs = form_on(other, page_of(pallet)) | {"code": "theirs", "crates-0-DELETE": "on"}
        other.post(page_of(pallet), theirs)

        page = text_of(admin_client.post(page_of(pallet), mine))

        [first, *rest] = errors_on(page)
        assert re.fullmatch(
            r"This pallet was changed while you worked on it: boss at .* "
            r"\(Changed Code\. Deleted crate “apples”\)\. What you typed is kept, and nothing is "
            r"saved yet\. Where it differs from what is stored now, a note says so\. Saving again "
            r"stores what you see here\.",
            first,
        )
        assert "Stored now: theirs" in rest
        assert 'name="code" value="mine"' in page
        assert 'name="crates-0-content" value="apples"' in page
        assert PalletRepository().get(pallet.id).code == "theirs"

    def test_saving_again_stores_what_the_second_has_seen(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        mine = form_on(admin_client, page_of(pallet)) | {"code": "mine"}
        theirs = form_on(admin_client, page_of(pallet)) | {"crates-0-DELETE": "on"}
        admin_client.post(page_of(pallet), theirs)
        told_page = admin_client.post(page_of(pallet), mine)

        admin_client.post(page_of(pallet), Form(told_page).fields)

        stored = PalletRepository().get(pallet.id)
        assert (stored.code, stored.version) == ("mine", 3)
        assert contents_of(stored) == ["apples", "pears", "plums"]

    def test_tells_what_happened_outside_of_the_admin(
        self, admin_client: Client, pallet: Pallet, yard: Yard
    ) -> None:
        mine = form_on(admin_client, page_of(pallet))
        yard.note(pallet, "one")
        yard.note(pallet, "two")

        page = text_of(admin_client.post(page_of(pallet), mine))

        assert "while you worked on it: outside of this admin. What" in errors_on(page)[0]

    def test_tells_of_parts_that_were_added_since(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        mine = form_on(admin_client, page_of(pallet))
        theirs = form_on(admin_client, page_of(pallet)) | {"crates-TOTAL_FORMS": "4"}
        theirs |= {"crates-3-content": "figs", "crates-3-weight": "1", "crates-0-DELETE": "on"}
        admin_client.post(page_of(pallet), theirs)

        page = text_of(admin_client.post(page_of(pallet), mine))

        assert (
            "“figs” was added since; it is not in this form, and saving again removes it."
            in errors_on(page)
        )


class TestVersions:
    @pytest.mark.parametrize("sent", ["", "1", "1.1:x", "9.9:aaaa"])
    def test_that_are_forged_are_refused(
        self, admin_client: Client, pallet: Pallet, sent: str
    ) -> None:
        data = form_on(admin_client, page_of(pallet)) | {"_version": sent, "code": "X"}

        page = text_of(admin_client.post(page_of(pallet), data))

        assert errors_on(page) == [
            "This page does not tell which version of the pallet it has shown to you. Load the "
            "page again, then repeat what you did."
        ]
        assert PalletRepository().get(pallet.id) == pallet

    def test_of_another_row_are_refused(
        self, admin_client: Client, pallet: Pallet, yard: Yard
    ) -> None:
        other = form_on(admin_client, page_of(yard.pallet("P-7")))["_version"]
        data = form_on(admin_client, page_of(pallet)) | {"_version": other, "code": "X"}

        assert admin_client.post(page_of(pallet), data).status_code == 200
        assert PalletRepository().get(pallet.id) == pallet

    def test_of_another_user_are_refused(
        self, admin_client: Client, client_of: ClientOf, pallet: Pallet
    ) -> None:
        clerk = client_of("stock.change_palletrow")
        data = form_on(admin_client, page_of(pallet)) | {"code": "X"}

        assert clerk.post(page_of(pallet), data).status_code == 200
        assert PalletRepository().get(pallet.id) == pallet


class TestDeleting:
    def test_calls_the_service_and_writes_one_entry(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        asked = admin_client.get(page_of(pallet, "delete"), follow=True)
        address = asked.redirect_chain[-1][0]

        response = admin_client.post(address, {"post": "yes"})

        [entry] = LogEntry.objects.all()
        assert "delete the pallet" in text_of(asked)
        assert response.headers["Location"] == LIST
        assert (entry.is_deletion(), entry.object_repr) == (True, "P-1")
        assert (PalletRow.objects.count(), CrateRow.objects.count()) == (0, 0)

    def test_tells_a_refused_rule_and_writes_no_entry(
        self, admin_client: Client, yard: Yard
    ) -> None:
        shipped = yard.pallet("P-9", status=PalletStatus.SHIPPED)
        asked = admin_client.get(page_of(shipped, "delete"), follow=True)

        response = admin_client.post(asked.redirect_chain[-1][0], {"post": "yes"})

        assert told(response) == [("error", "Pallet P-9 is shipped.")]
        assert response.headers["Location"] == page_of(shipped)
        assert LogEntry.objects.count() == 0

    def test_refuses_what_was_changed_since_it_asked(
        self, admin_client: Client, pallet: Pallet, yard: Yard
    ) -> None:
        asked = admin_client.get(page_of(pallet, "delete"), follow=True)
        yard.note(pallet, "wait")

        response = admin_client.post(asked.redirect_chain[-1][0], {"post": "yes"})

        assert told(response) == [
            (
                "error",
                "Somebody else changed it since this page was loaded. Look at it, then try again.",
            )
        ]
        assert PalletRow.objects.count() == 1

    @pytest.mark.parametrize("version", ["", "?_version=1", "?_version=1.1:x"])
    def test_refuses_a_version_that_is_forged(
        self, admin_client: Client, pallet: Pallet, version: str
    ) -> None:
        response = admin_client.post(page_of(pallet, "delete") + version, {"post": "yes"})

        [(level, _)] = told(response)
        assert (level, PalletRow.objects.count()) == ("error", 1)


class TestDeletingSomethingElse:
    def test_takes_no_aggregate_along(self, admin_user: User) -> None:
        pallet_admin = desk.get_model_admin(PalletRow)
        request = RequestFactory().post("/")
        request.user = admin_user
        of_itself, of_another = (
            ResolverMatch(_view_of(found), (), {})
            for found in (pallet_admin, desk.get_model_admin(ShelfRow))
        )

        request.resolver_match = of_itself
        assert pallet_admin.has_delete_permission(request)
        request.resolver_match = of_another
        assert not pallet_admin.has_delete_permission(request)


class TestBulkDelete:
    def test_deletes_each_and_tells_what_is_refused(self, admin_client: Client, yard: Yard) -> None:
        one, two = yard.pallet("P-1"), yard.pallet("P-2", status=PalletStatus.SHIPPED)
        asked = admin_client.post(LIST, form_on(admin_client, LIST) | selected(one, two))

        response = admin_client.post(LIST, confirmed(asked, one, two))

        assert "Are you sure you want to delete the selected pallets?" in text_of(asked)
        assert sorted(told(response)) == [
            ("error", "Delete pallets: P-2 is left as it was. Pallet P-2 is shipped."),
            ("success", "Delete pallets: done for 1 pallet."),
        ]
        assert [row.code for row in PalletRow.objects.all()] == ["P-2"]
        assert [entry.object_repr for entry in LogEntry.objects.all()] == ["P-1"]

    def test_refuses_what_was_changed_since_the_list_was_shown(
        self, admin_client: Client, yard: Yard
    ) -> None:
        pallet = yard.pallet("P-1")
        shown = form_on(admin_client, LIST)
        yard.note(pallet, "wait")
        asked = admin_client.post(LIST, shown | selected(pallet))

        response = admin_client.post(LIST, confirmed(asked, pallet))

        [(level, _)] = told(response)
        assert (level, PalletRow.objects.count()) == ("error", 1)

    def test_needs_to_be_confirmed_with_versions(self, admin_client: Client, yard: Yard) -> None:
        pallet = yard.pallet("P-1")

        response = admin_client.post(LIST, selected(pallet) | {"post": "yes"})

        [(level, _)] = told(response)
        assert (level, PalletRow.objects.count()) == ("error", 1)

    def test_needs_the_permission_for_what_goes_along(
        self, admin_client: Client, yard: Yard, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pallet = yard.pallet("P-1")
        monkeypatch.setattr(
            desk.get_model_admin(PalletRow),
            "get_deleted_objects",
            lambda *_args: ([], {}, {"forklift"}, []),
        )

        answer = admin_client.post(LIST, selected(pallet) | {"post": "yes"})

        assert (answer.status_code, PalletRow.objects.count()) == (403, 1)


class TestUnseenRows:
    def test_of_all_pages_are_taken_as_the_selection_finds_them(
        self, admin_client: Client, yard: Yard
    ) -> None:
        pallet = yard.pallet("P-1")
        data = {"action": "ship_pallet", "index": "0", "_selected_action": [str(pallet.id)]}

        refused = admin_client.post(LIST, data)
        done = admin_client.post(LIST, data | {"select_across": "1"})

        [(level, message)] = told(refused)
        assert level == "error"
        assert message.startswith("Ship: P-1 is left as it was. This page does not tell which")
        assert told(done)[-1] == ("success", "Ship: done for 1 pallet.")


def selected(*pallets: Pallet) -> dict[str, object]:
    keys = [str(pallet.id) for pallet in pallets]
    return {"action": "delete_selected", "index": "0", "_selected_action": keys}


def confirmed(asked: object, *pallets: Pallet) -> dict[str, object]:
    fields: dict[str, object] = {**Form(asked).fields}  # type: ignore[arg-type]
    return fields | {"_selected_action": [str(pallet.id) for pallet in pallets]}


def _rename(shelf: Shelf) -> None:
    ShelfRow.objects.filter(name=shelf.name).update(name="theirs", version=2)


def _refuse(*_args: object) -> None:
    raise IntegrityError


def _view_of(model_admin: object) -> Callable[..., None]:
    def view() -> None: ...

    view.model_admin = model_admin  # type: ignore[attr-defined] # as Django's admin does
    return view


def _raise(*_args: object) -> UUID:
    raise ZeroDivisionError
