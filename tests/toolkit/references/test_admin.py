"""References on the pages of the admin: called by their labels, linked, asked for once."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client

from bulkhead.testing.queries import CapturedQueries
from tests.toolkit.references.conftest import NOWHERE, loaded, pallet
from tests.toolkit.yard.sales.db.models import Load, Tour

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.component("sales")

_CHOICE = re.compile(r'<li[^>]*>\s*<a href="[^"]*pallet_id__exact=[^"]*">(Pallet.*?)</a>')
ClientOf = Callable[..., Client]
Capture = Callable[..., AbstractContextManager[CapturedQueries]]
LOADS = "/admin/sales/load/"
TOURS = "/admin/sales/tour/"


def text_of(response: Response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def cells(page: str, name: str) -> list[str]:
    found = re.findall(
        rf'<(?:td|th) class="field-{name}[^"]*"[^>]*>(.*?)</(?:td|th)>', page, re.DOTALL
    )
    return [" ".join(cell.split()) for cell in found]


def page_of(pallet_id: UUID) -> str:
    return f"/admin/stock/palletrow/{pallet_id}/change/"


class TestList:
    def test_calls_references_by_their_labels_and_links_them(self, admin_client: Client) -> None:
        one = pallet("A", 1)
        loaded(one)

        shown = text_of(admin_client.get(LOADS))

        assert cells(shown, "pallet_id") == [f'<a href="{page_of(one)}">Pallet A</a>']
        assert cells(shown, "driver_id") == ["-"]
        assert 'class="sortable column-pallet_id"' in shown

    def test_shows_a_dangling_id_as_such(self, admin_client: Client) -> None:
        loaded(NOWHERE, driver=77)

        shown = text_of(admin_client.get(LOADS))

        assert cells(shown, "pallet_id") == [f"unknown pallet {NOWHERE}"]
        assert cells(shown, "driver_id") == ["unknown user 77"]

    def test_shows_markup_as_text(self, admin_client: Client) -> None:
        loaded(pallet("<b>A</b>", 1))

        shown = text_of(admin_client.get(LOADS))

        assert "<b>A" not in shown
        assert "&lt;b&gt;A" in shown

    @pytest.mark.parametrize("rows", [1, 40])
    def test_asks_once_however_many_rows_there_are(
        self, admin_client: Client, calls: list[str], capture_queries: Capture, rows: int
    ) -> None:
        driver = User.objects.create_user("driver")
        loaded(*(pallet(f"P{number}", number) for number in range(1, rows + 1)), driver=driver.pk)

        with capture_queries() as queries:
            text_of(admin_client.get(LOADS))

        assert calls == ["label_pallets"]
        assert len(queries) <= 9 + 1, str(queries)  # a list filter of its own asks for its choices

    def test_is_sorted_by_the_id(self, admin_client: Client) -> None:
        loaded(pallet("B", 2), pallet("A", 1))

        page = admin_client.get(LOADS, {"o": "2"})

        assert [row.pallet_id.int for row in page.context["cl"].result_list] == [1, 2]

    def test_leads_to_the_row_by_a_reference_that_is_first(
        self, admin_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(admin.site._registry[Load], "list_display", ("pallet_id", "weight"))
        loaded(pallet("A", 1))
        load = Load.objects.get()

        shown = text_of(admin_client.get(LOADS))

        assert cells(shown, "pallet_id") == [
            f'<a href="/admin/sales/load/{load.pk}/change/">Pallet A</a>'
        ]

    def test_edits_a_reference_in_place(
        self, admin_client: Client, calls: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(admin.site._registry[Load], "list_editable", ("pallet_id",))
        one, other = pallet("A", 1), pallet("B", 2)
        loaded(one, one)
        first, second = Load.objects.all()

        shown = text_of(admin_client.get(LOADS))
        asked = list(calls)
        data = {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "2",
            "_save": "Save",
            "form-0-id": first.pk,
            "form-0-pallet_id": str(other),
            "form-1-id": second.pk,
            "form-1-pallet_id": str(NOWHERE),
        }
        refused = text_of(admin_client.post(LOADS, data))

        assert f'<option value="{one}" selected>Pallet A</option>' in shown
        assert asked == ["label_pallets"]
        assert f"No pallet has the id {NOWHERE}. Choose one that exists." in refused


class TestListFilter:
    def test_offers_what_is_referred_to_by_name(self, admin_client: Client) -> None:
        b, a = pallet("B", 1), pallet("A", 2)
        pallet("C", 3)
        loaded(b, a, a)

        page = admin_client.get(LOADS, {"pallet_id__exact": str(a)})
        shown = text_of(page)

        assert len(page.context["cl"].result_list) == 2
        assert re.findall(_CHOICE, shown) == ["Pallet A", "Pallet B"]

    def test_counts_the_rows_of_each(self, admin_client: Client) -> None:
        loaded(pallet("A", 1), pallet("B", 2), UUID(int=2))

        shown = text_of(admin_client.get(LOADS, {"_facets": "True"}))

        assert re.findall(_CHOICE, shown) == [
            "Pallet A (1)",
            "Pallet B (2)",
        ]

    def test_offers_none_where_there_may_be_none(
        self, admin_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(admin.site._registry[Load], "list_filter", ("driver_id",))
        loaded(pallet("A", 1))

        page = admin_client.get(LOADS, {"driver_id__isnull": "True"})

        assert len(page.context["cl"].result_list) == 1
        assert '<a href="?driver_id__isnull=True">-</a>' in text_of(page)

    @pytest.mark.parametrize("value", ["<b>", "7", ""])
    def test_is_dropped_where_it_is_no_id(self, admin_client: Client, value: str) -> None:
        loaded(pallet("A", 1))

        response = admin_client.get(LOADS, {"pallet_id__exact": value}, follow=True)

        assert response.status_code == 200

    def test_searches_where_there_are_too_many(
        self, admin_client: Client, calls: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bulkhead.admin.reference_filters.MOST_CHOICES", 1)
        one = pallet("A", 1)
        loaded(one, pallet("B", 2))

        shown = text_of(admin_client.get(LOADS, {"pallet_id__exact": str(one), "q": "", "o": "1"}))

        assert '<select name="pallet_id__exact"' in shown
        assert 'data-ajax--url="/admin/sales/load/references/"' in shown
        assert f'<option value="{one}" selected>Pallet A</option>' in shown
        assert '<input type="hidden" name="o" value="1">' in shown
        assert "admin/js/autocomplete.js" in shown
        assert calls == ["label_pallets"]


class TestPage:
    def test_offers_a_select_that_searches(self, admin_client: Client) -> None:
        shown = text_of(admin_client.get(f"{LOADS}add/"))

        assert '<select name="pallet_id"' in shown
        assert shown.count('data-ajax--url="/admin/sales/load/references/"') == 2
        assert "admin/js/autocomplete.js" in shown

    def test_shows_what_is_chosen_with_a_link(self, admin_client: Client) -> None:
        one = pallet("A", 1)
        loaded(one)

        shown = text_of(admin_client.get(f"{LOADS}{Load.objects.get().pk}/change/"))

        assert f'<option value="{one}" selected>Pallet A</option>' in shown
        assert f'<a href="{page_of(one)}">Pallet A</a>' in shown

    def test_shows_a_dangling_id_as_such(self, admin_client: Client) -> None:
        loaded(NOWHERE)

        shown = text_of(admin_client.get(f"{LOADS}{Load.objects.get().pk}/change/"))

        assert f'<option value="{NOWHERE}" selected>unknown pallet {NOWHERE}</option>' in shown

    def test_saves_an_id_that_exists(self, admin_client: Client) -> None:
        tour, one = loaded(), pallet("A", 1)

        response = admin_client.post(
            f"{LOADS}add/", {"tour": tour.pk, "pallet_id": str(one), "weight": 1}
        )

        assert response.status_code == 302
        assert Load.objects.get().pallet_id == one

    def test_refuses_one_that_does_not(self, admin_client: Client) -> None:
        response = admin_client.post(
            f"{LOADS}add/", {"tour": loaded().pk, "pallet_id": str(NOWHERE), "weight": 1}
        )

        assert response.context["errors"] == [
            [f"No pallet has the id {NOWHERE}. Choose one that exists."]
        ]
        assert Load.objects.count() == 0

    def test_shows_labels_to_who_may_only_look(self, client_of: ClientOf) -> None:
        one = pallet("A", 1)
        loaded(one)
        client = client_of("sales.view_load")

        shown = text_of(client.get(f"{LOADS}{Load.objects.get().pk}/change/"))

        assert f'<div class="readonly"><a href="{page_of(one)}">Pallet A</a></div>' in shown
        assert '<div class="readonly">-</div>' in shown

    def test_shows_what_is_read_only_by_its_label(
        self, admin_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = admin.site._registry[Load]
        monkeypatch.setattr(page, "readonly_fields", ("pallet_id",))
        monkeypatch.setattr(page, "fieldsets", [(None, {"fields": [("pallet_id", "weight")]})])
        loaded(NOWHERE)

        shown = text_of(admin_client.get(f"{LOADS}{Load.objects.get().pk}/change/"))

        assert f'<div class="readonly">unknown pallet {NOWHERE}</div>' in shown
        assert '<select name="pallet_id"' not in shown

    def test_takes_the_bare_id_where_nothing_can_be_searched(
        self, admin_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(admin.site._registry[User], "search_fields", ())
        driver = User.objects.create_user("driver")
        loaded(pallet("A", 1), driver=driver.pk)

        shown = text_of(admin_client.get(f"{LOADS}{Load.objects.get().pk}/change/"))

        assert f'<input type="text" name="driver_id" value="{driver.pk}"' in shown
        assert f'<a href="/admin/auth/user/{driver.pk}/change/">driver</a>' in shown


class TestInlines:
    @pytest.mark.parametrize("rows", [1, 25])
    def test_ask_once_for_the_whole_page(
        self, admin_client: Client, calls: list[str], capture_queries: Capture, rows: int
    ) -> None:
        driver = User.objects.create_user("driver")
        keys = [pallet(f"P{number}", number) for number in range(1, rows + 1)]
        tour = loaded(*keys, driver=driver.pk)
        Tour.objects.update(guide_id=driver.pk)

        with capture_queries() as queries:
            shown = text_of(admin_client.get(f"{TOURS}{tour.pk}/change/"))

        assert shown.count("selected>Pallet P") == rows
        assert calls == ["label_pallets"]
        assert len(queries) <= 10, str(queries)

    def test_ask_once_when_they_are_saved(self, admin_client: Client, calls: list[str]) -> None:
        tour = loaded(pallet("A", 1), pallet("B", 2))
        first, second = Load.objects.all()
        data = {
            "name": "South",
            "loads-TOTAL_FORMS": "3",
            "loads-INITIAL_FORMS": "2",
            "loads-0-id": first.pk,
            "loads-0-tour": tour.pk,
            "loads-0-pallet_id": str(UUID(int=2)),
            "loads-0-weight": "1",
            "loads-1-id": second.pk,
            "loads-1-tour": tour.pk,
            "loads-1-pallet_id": str(NOWHERE),
            "loads-1-weight": "1",
            "loads-2-tour": tour.pk,
            "loads-2-pallet_id": "no",
            "loads-2-weight": "1",
        }

        shown = text_of(admin_client.post(f"{TOURS}{tour.pk}/change/", data))

        assert calls == ["label_pallets"]
        assert f"No pallet has the id {NOWHERE}. Choose one that exists." in shown
        assert "Enter a valid UUID." in shown
        assert first.pallet_id == UUID(int=1)

    def test_show_labels_to_who_may_only_look(self, client_of: ClientOf, calls: list[str]) -> None:
        one = pallet("A", 1)
        tour = loaded(one, NOWHERE)
        client = client_of("sales.view_tour", "sales.view_load")

        shown = text_of(client.get(f"{TOURS}{tour.pk}/change/"))

        assert f'<a href="{page_of(one)}">Pallet A</a>' in shown
        assert f"unknown pallet {NOWHERE}" in shown
        assert calls == ["label_pallets"]

    def test_ask_once_for_what_is_read_only(
        self, admin_client: Client, calls: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        [inline] = admin.site._registry[Tour].inlines
        monkeypatch.setattr(inline, "readonly_fields", ("pallet_id",))
        tour = loaded(pallet("A", 1), pallet("B", 2))

        shown = text_of(admin_client.get(f"{TOURS}{tour.pk}/change/"))

        assert re.findall(r">(Pallet .)</a>", shown) == ["Pallet A", "Pallet B"]
        assert calls == ["label_pallets"]


def test_django_agrees_with_the_pages() -> None:
    for model in (Load, Tour):
        assert admin.site._registry[model].check() == []
