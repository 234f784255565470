"""Rows of a component without an aggregate, in the stock admin."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from tests.toolkit.admin.conftest import text_of, told
from tests.toolkit.yard.sales.db.models import Haulier, Truck

pytestmark = pytest.mark.component("sales")


@pytest.fixture
def haulier() -> Haulier:
    haulier = Haulier.objects.create(name="Swift")
    Truck.objects.create(haulier=haulier, plate="HH-1", bought_on=date(2024, 5, 1))
    Truck.objects.create(haulier=haulier, plate="HH-2", bought_on=date(2025, 6, 1))
    return haulier


def inline(*, total: int, initial: int, **more: str) -> dict[str, str]:
    return {
        "trucks-TOTAL_FORMS": str(total),
        "trucks-INITIAL_FORMS": str(initial),
        **{f"trucks-{name.replace('__', '-')}": value for name, value in more.items()},
    }


class TestChanging:
    def test_adds_a_row_with_its_inlines_and_logs_it(self, admin_client: Client) -> None:
        trucks = inline(total=1, initial=0, **{"0__plate": "B-1", "0__bought_on": "2025-01-01"})

        admin_client.post("/admin/sales/haulier/add/", {"name": "Slow", **trucks})

        truck = Truck.objects.select_related("haulier").get()
        entry = LogEntry.objects.get()
        assert (truck.plate, truck.haulier.name) == ("B-1", "Slow")
        assert (entry.object_repr, entry.is_addition()) == ("Slow", True)

    def test_changes_a_row_and_shows_it_in_its_history(
        self, admin_client: Client, haulier: Haulier
    ) -> None:
        page = f"/admin/sales/haulier/{haulier.pk}/"

        admin_client.post(f"{page}change/", {"name": "Swifter", **inline(total=0, initial=0)})

        haulier.refresh_from_db()
        assert haulier.name == "Swifter"
        assert "Changed Name." in text_of(admin_client.get(f"{page}history/"))

    def test_changes_rows_in_the_list(self, admin_client: Client, haulier: Haulier) -> None:
        one, other = haulier.trucks.order_by("-pk")

        admin_client.post(
            "/admin/sales/truck/",
            {
                "form-TOTAL_FORMS": "2",
                "form-INITIAL_FORMS": "2",
                "form-0-id": str(one.pk),
                "form-0-bought_on": "2020-01-01",
                "form-1-id": str(other.pk),
                "form-1-bought_on": str(other.bought_on),
                "_save": "Save",
            },
        )

        one.refresh_from_db()
        assert one.bought_on == date(2020, 1, 1)

    def test_deletes_a_row_with_what_hangs_on_it(
        self, admin_client: Client, haulier: Haulier
    ) -> None:
        page = f"/admin/sales/haulier/{haulier.pk}/delete/"

        asked = text_of(admin_client.get(page))
        admin_client.post(page, {"post": "yes"})

        assert "HH-1" in asked
        assert (Haulier.objects.count(), Truck.objects.count()) == (0, 0)
        assert LogEntry.objects.get().is_deletion()

    def test_deletes_rows_in_bulk(self, admin_client: Client, haulier: Haulier) -> None:
        pks = [truck.pk for truck in haulier.trucks.all()]

        response = admin_client.post(
            "/admin/sales/truck/",
            {"action": "delete_selected", "_selected_action": pks, "post": "yes"},
        )

        assert told(response) == [("success", "Successfully deleted 2 trucks.")]
        assert Truck.objects.count() == 0


class TestFinding:
    @pytest.mark.usefixtures("haulier")
    @pytest.mark.parametrize(
        "query",
        [
            {"q": "HH-1"},
            {"bought_on__year": "2024"},
            {"bought_on__year": "2024", "q": "Swift"},
        ],
    )
    def test_searches_and_drills_into_dates(
        self, admin_client: Client, query: dict[str, str]
    ) -> None:
        page = text_of(admin_client.get("/admin/sales/truck/", query))

        assert ("HH-1" in page, "HH-2" in page) == (True, False)

    def test_filters_by_a_relation(self, admin_client: Client, haulier: Haulier) -> None:
        other = Haulier.objects.create(name="Slow")

        page = text_of(
            admin_client.get("/admin/sales/truck/", {"haulier__id__exact": str(other.pk)})
        )

        assert "0 trucks" in page
        assert f"?haulier__id__exact={haulier.pk}" in page

    def test_completes_a_relation(self, admin_client: Client, haulier: Haulier) -> None:
        answer = admin_client.get(
            "/admin/autocomplete/",
            {"term": "swi", "app_label": "sales", "model_name": "truck", "field_name": "haulier"},
        )

        assert answer.json()["results"] == [{"id": str(haulier.pk), "text": "Swift"}]


class TestUsers:
    def test_have_permissions_for_the_rows_of_components(self) -> None:
        kind = ContentType.objects.get_for_model(Truck)

        names = {one.codename for one in Permission.objects.filter(content_type=kind)}

        assert names == {"add_truck", "change_truck", "delete_truck", "view_truck"}

    def test_are_deleted_though_components_are_elsewhere(
        self, admin_client: Client, haulier: Haulier
    ) -> None:
        user = User.objects.create_superuser("clerk")
        client = Client()
        client.force_login(user)
        client.post(
            f"/admin/sales/haulier/{haulier.pk}/change/",
            {"name": "Swifter", **inline(total=0, initial=0)},
        )

        admin_client.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"})

        haulier.refresh_from_db()
        assert (User.objects.filter(pk=user.pk).exists(), haulier.name) == (False, "Swifter")

    def test_are_deleted_in_bulk_though_components_are_elsewhere(
        self, admin_client: Client
    ) -> None:
        user = User.objects.create_user("clerk")

        response = admin_client.post(
            "/admin/auth/user/",
            {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"},
        )

        assert told(response) == [("success", "Successfully deleted 1 user.")]
