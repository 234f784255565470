"""What the script of a select is told, and whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.toolkit.references.conftest import loaded, pallet

pytestmark = pytest.mark.component("sales")

ClientOf = Callable[..., Client]
PALLETS = {"app_label": "sales", "model_name": "load", "field_name": "pallet_id"}
DRIVERS = {**PALLETS, "field_name": "driver_id"}
GUIDES = {"app_label": "sales", "model_name": "tour", "field_name": "guide_id"}
BOTH = ("sales.view_load", "stock.view_palletrow")


def search(client: Client, asked: dict[str, str], *, at: str = "load", **more: str) -> object:
    response = client.get(reverse(f"admin:sales_{at}_references"), {**asked, **more})
    return response.json() if response.status_code == 200 else response.status_code


class TestSearch:
    def test_finds_the_rows_of_another_component(self, admin_client: Client) -> None:
        one, other = pallet("North 1", 1), pallet("North 2", 2)
        pallet("South", 3)

        found = search(admin_client, PALLETS, term="north")

        assert found == {
            "results": [
                {"id": str(one), "text": "Pallet North 1"},
                {"id": str(other), "text": "Pallet North 2"},
            ],
            "pagination": {"more": False},
        }

    def test_finds_legacy_rows_as_their_admin_does(self, admin_client: Client) -> None:
        clerk = User.objects.create_user("clerk", email="front@desk.example")

        assert search(admin_client, DRIVERS, term="desk.example") == {
            "results": [{"id": str(clerk.pk), "text": "clerk"}],
            "pagination": {"more": False},
        }

    def test_goes_on_page_by_page(self, admin_client: Client) -> None:
        for number in range(1, 46):
            pallet(f"P{number:02}", number)

        pages = [search(admin_client, PALLETS, page=str(number)) for number in (1, 2, 3, 4)]

        shown = [[found["text"] for found in page["results"]] for page in pages]  # type: ignore[index]
        assert list(map(len, shown)) == [20, 20, 5, 0]
        assert shown[2][-1] == "Pallet P45"
        assert [page["pagination"]["more"] for page in pages] == [True, True, False, False]  # type: ignore[index]

    @pytest.mark.parametrize("number", ["0", "-1", "x", "²", "9" * 30])
    def test_begins_anew_for_a_page_that_is_none(self, admin_client: Client, number: str) -> None:
        pallet("A", 1)

        found = search(admin_client, PALLETS, page=number)

        assert len(found["results"]) == 1  # type: ignore[index]

    def test_serves_the_parts_of_a_page(self, admin_client: Client) -> None:
        pallet("A", 1)

        found = search(admin_client, PALLETS, at="tour")

        assert len(found["results"]) == 1  # type: ignore[index]


class TestPermission:
    def test_is_that_of_the_page_and_of_the_rows(self, client_of: ClientOf) -> None:
        pallet("A", 1)

        found = search(client_of(*BOTH), PALLETS)

        assert len(found["results"]) == 1  # type: ignore[index]

    @pytest.mark.parametrize("held", BOTH)
    def test_is_refused_to_who_has_one_of_the_two(self, client_of: ClientOf, held: str) -> None:
        assert search(client_of(held), PALLETS) == 403

    @pytest.mark.parametrize("permission", ["sales.add_load", "sales.change_load"])
    def test_of_the_page_may_be_to_add_or_change(
        self, client_of: ClientOf, permission: str
    ) -> None:
        found = search(client_of(permission, "stock.view_palletrow"), PALLETS)

        assert found == {"results": [], "pagination": {"more": False}}

    def test_is_asked_of_the_admin_of_a_legacy_model(self, client_of: ClientOf) -> None:
        assert search(client_of("sales.view_load"), DRIVERS) == 403

    def test_lets_who_may_view_a_legacy_model(self, client_of: ClientOf) -> None:
        found = search(client_of("sales.view_load", "auth.view_user"), DRIVERS)

        assert [one["text"] for one in found["results"]] == ["clerk"]  # type: ignore[index]

    def test_shows_the_door_to_a_visitor(self, client: Client, db: None) -> None:
        assert search(client, PALLETS) == 302

    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {**PALLETS, "field_name": "weight"},
            {**PALLETS, "field_name": "tour"},
            {**PALLETS, "model_name": "nothing"},
            GUIDES,
            {"app_label": "auth", "model_name": "user", "field_name": "password"},
        ],
    )
    def test_is_for_the_references_of_this_page_alone(
        self, admin_client: Client, asked: dict[str, str]
    ) -> None:
        assert search(admin_client, asked) == 403

    def test_is_to_read(self, admin_client: Client) -> None:
        response = admin_client.post(reverse("admin:sales_load_references"), PALLETS)

        assert response.status_code == 405


class TestListSearch:
    def test_finds_rows_by_what_their_references_are_called(self, admin_client: Client) -> None:
        loaded(pallet("North", 1), pallet("South", 2), driver=None)

        page = admin_client.get(reverse("admin:sales_load_changelist"), {"q": "north"})

        assert [row.pallet_id.int for row in page.context["cl"].result_list] == [1]

    def test_finds_them_by_other_fields_too(self, admin_client: Client) -> None:
        tour = loaded(pallet("North", 1))
        tour.loads.create(pallet_id=pallet("South", 2), weight=777)

        page = admin_client.get(reverse("admin:sales_load_changelist"), {"q": "777"})

        assert [row.pallet_id.int for row in page.context["cl"].result_list] == [2]

    def test_does_not_search_what_a_user_may_not(self, client_of: ClientOf) -> None:
        loaded(pallet("North", 1))
        client = client_of("sales.view_load")

        page = client.get(reverse("admin:sales_load_changelist"), {"q": "north"})

        assert list(page.context["cl"].result_list) == []

    def test_says_where_it_stops(
        self, admin_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bulkhead.admin.reference_searches.MOST_IN_A_SEARCH", 2)
        loaded(*(pallet(f"North {number}", number) for number in (1, 2, 3)))

        page = admin_client.get(reverse("admin:sales_load_changelist"), {"q": "north"})

        assert len(page.context["cl"].result_list) == 2
        assert [str(message) for message in page.context["messages"]] == [
            "More than 2 match “north” by their pallet: the list shows those of the first 2. "
            "Search for more words."
        ]
