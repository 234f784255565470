"""The admin in a real browser: the legacy app's rows, and those of the components."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from project.portfolio.models import Project
from tests.project.browsing import Visitor, sign_in
from tests.project.portfolio import make_project

pytestmark = pytest.mark.component("budgeting")


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    """Yield a visitor, and fail where the browser has complained."""
    made = Visitor(browser=browser, address=live_server.url)
    yield made
    assert made.complaints == []


@pytest.fixture
def admin(visitor: Visitor, admin_user: User) -> Page:
    """Return the first page of the admin, after signing in by its form."""
    page = visitor.page()
    page.goto("/admin/")
    sign_in(page, admin_user.username, "password")
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()
    return page


def told(page: Page) -> Locator:
    return page.locator(".messagelist li")


class TestLegacyRow:
    def test_is_changed_by_a_form_and_remembers_by_whom(self, admin: Page) -> None:
        project = make_project(name="School")
        admin.goto("/admin/portfolio/project/")
        admin.get_by_role("link", name="School").click()

        admin.get_by_label("Name:").fill("Grammar school")
        admin.get_by_role("button", name="Save", exact=True).click()

        expect(told(admin)).to_have_text(
            ["The project “P-1 Grammar school” was changed successfully."]
        )
        project.refresh_from_db()
        assert project.name == "Grammar school"
        admin.get_by_role("link", name="Grammar school", exact=True).click()
        admin.get_by_role("link", name="History").click()
        [entry] = admin.locator("#change-history tbody tr").all()
        expect(entry.locator("td")).to_have_text(["admin", "Changed Name."])

    def test_is_refused_where_its_own_rule_says_so(self, admin: Page) -> None:
        project = make_project()
        admin.goto(f"/admin/portfolio/project/{project.pk}/change/")

        admin.get_by_label("Ends on:").fill("2020-01-01")
        admin.get_by_role("button", name="Save", exact=True).click()

        expect(admin.locator(".errorlist.nonfield")).to_have_text(
            "A project ends after it has started."
        )
        expect(admin.get_by_label("Ends on:")).to_have_value("2020-01-01")
        before = project.ends_on
        project.refresh_from_db()
        assert project.ends_on == before

    def test_is_found_by_search_and_filter(self, admin: Page) -> None:
        make_project("P-1", "School")
        make_project("P-2", "Swimming pool")
        Project.objects.filter(number="P-2").update(phase=Project.Phase.PLANNING)
        admin.goto("/admin/portfolio/project/")

        admin.locator("#searchbar").fill("pool")
        admin.get_by_role("button", name="Search").click()
        expect(admin.locator("#result_list tbody .field-name")).to_have_text(["Swimming pool"])

        admin.goto("/admin/portfolio/project/")
        filters = admin.get_by_role("navigation", name="Filter")
        filters.get_by_role("link", name="Construction").click()
        expect(admin.locator("#result_list tbody .field-name")).to_have_text(["School"])
