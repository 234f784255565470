"""The legacy app: rows that save themselves, and pages made on the server."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from tests.project.portfolio import make_project, make_property

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(admin_client: Client) -> Client:
    return admin_client


class TestProject:
    def test_ends_after_it_has_started(self) -> None:
        project = make_project()
        project.ends_on = date(2025, 12, 31)

        with pytest.raises(ValidationError) as refused:
            project.full_clean()

        assert refused.value.messages == ["A project ends after it has started."]

    def test_keeps_its_property_from_being_deleted(self) -> None:
        project = make_project()

        with pytest.raises(ProtectedError):
            project.property.delete()


class TestPropertyList:
    def test_shows_what_is_built_on_each(self, client: Client) -> None:
        project = make_project(name="School")
        make_property("Fallow field")

        page = client.get(reverse("portfolio:properties")).content.decode()

        assert f'<a href="{project.get_absolute_url()}">P-1 School</a>' in page
        assert "<li>None yet</li>" in page

    def test_says_that_there_is_none(self, client: Client) -> None:
        page = client.get(reverse("portfolio:properties")).content.decode()

        assert "There is no property yet." in page

    def test_asks_no_more_for_many_than_for_one(
        self, client: Client, assert_max_queries: Callable[[int], AbstractContextManager[object]]
    ) -> None:
        for number in range(5):
            make_project(f"P-{number}")

        with assert_max_queries(4):  # session, user, properties, projects
            client.get(reverse("portfolio:properties"))


class TestProjectList:
    def test_finds_all_words_in_number_name_or_property(self, client: Client) -> None:
        make_project("P-1", "School", on=make_property("Mill meadow"))
        make_project("P-2", "School", on=make_property("Fallow field"))

        page = client.get(reverse("portfolio:projects"), {"q": "school mill"}).content.decode()

        assert "1 project with “school mill”" in page
        assert "P-1" in page
        assert "P-2" not in page

    def test_says_that_nothing_was_found(self, client: Client) -> None:
        make_project()

        page = client.get(reverse("portfolio:projects"), {"q": "<b>"}).content.decode()

        assert "No project has “&lt;b&gt;” in its number, name or property." in page

    def test_goes_on_to_the_next_page(self, client: Client) -> None:
        on = make_property()
        for number in range(26):
            make_project(f"P-{number:02}", on=on)

        page = client.get(reverse("portfolio:projects"), {"page": 2}).content.decode()

        assert "Page 2 of 2" in page
        assert "P-25" in page
        assert "P-24" not in page


class TestProjectDetail:
    def test_names_the_neighbours(self, client: Client) -> None:
        project = make_project("P-1", "School")
        make_project("P-2", "Gym", on=project.property)

        page = client.get(project.get_absolute_url()).content.decode()

        assert "Also built on Mill meadow" in page
        assert "P-2 Gym" in page

    def test_is_for_those_who_are_signed_in(self) -> None:
        project = make_project()

        response = Client().get(project.get_absolute_url())

        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("admin:login"))

    def test_is_unknown(self, client: Client) -> None:
        assert client.get(reverse("portfolio:project", args=[404])).status_code == 404
