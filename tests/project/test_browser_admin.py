"""The admin in a real browser: the legacy app's rows, and those of the components."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from components.invoicing import public as invoicing
from components.invoicing.domain.invoices import Invoice
from project.portfolio.models import Project
from tests.components.contracts import sign_contract
from tests.components.invoices import reject_invoice, submit_invoice
from tests.project.browsing import Visitor, sign_in
from tests.project.portfolio import make_project

pytestmark = pytest.mark.component("budgeting")


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
        admin.locator("#changelist-filter").get_by_role("link", name="Construction").click()
        expect(admin.locator("#result_list tbody .field-name")).to_have_text(["School"])


class TestInvoices:
    def test_are_approved_by_an_action_which_tells_what_was_refused(self, admin: Page) -> None:
        contract_id, _ = three_invoices()
        admin.goto("/admin/invoicing/invoicerow/")

        admin.get_by_label("Select all objects on this page for an action").check()
        admin.get_by_label("Action:").select_option("Approve selected invoices")
        admin.get_by_role("button", name="Run").or_(admin.get_by_role("button", name="Go")).click()

        expect(told(admin)).to_have_text(
            [
                "Approve selected invoices: R-2 is left as it was. "
                "Invoice R-2 is rejected, and this is possible only while it is submitted.",
                "Approve selected invoices: done for 2 invoices.",
            ]
        )
        assert states(contract_id) == {"R-1": "approved", "R-2": "rejected", "R-3": "approved"}
        expect(admin.locator("#result_list tbody .field-status")).to_have_text(
            ["Approved", "Rejected", "Approved"]
        )

    def test_remember_who_approved_them(self, admin: Page) -> None:
        _, [first, *_] = three_invoices()
        admin.goto("/admin/invoicing/invoicerow/?q=R-1")
        admin.get_by_label("Select this object for an action - R-1").check()
        admin.get_by_label("Action:").select_option("Approve selected invoices")
        admin.get_by_role("button", name="Run").or_(admin.get_by_role("button", name="Go")).click()
        expect(told(admin)).to_have_text(["Approve selected invoices: done for 1 invoice."])

        admin.goto(f"/admin/invoicing/invoicerow/{first.id}/history/")

        [entry] = admin.locator("#change-history tbody tr").all()
        expect(entry.locator("td")).to_have_text(["admin", "Approve selected invoices"])

    def test_are_found_by_search_and_filter(self, admin: Page) -> None:
        three_invoices()
        numbers = admin.locator("#result_list tbody .field-number")
        admin.goto("/admin/invoicing/invoicerow/")

        admin.locator("#searchbar").fill("R-3")
        admin.get_by_role("button", name="Search").click()
        expect(numbers).to_have_text(["R-3"])

        admin.goto("/admin/invoicing/invoicerow/")
        admin.locator("#changelist-filter").get_by_role("link", name="Rejected").click()
        expect(numbers).to_have_text(["R-2"])

    def test_are_shown_with_their_lines_to_be_read_once_they_are_decided(self, admin: Page) -> None:
        _, [_, rejected, _] = three_invoices()

        admin.goto(f"/admin/invoicing/invoicerow/{rejected.id}/change/")

        expect(admin.get_by_role("heading", name="View invoice")).to_be_visible()
        expect(admin.locator(".field-description").get_by_text("Concrete C25/30")).to_be_visible()
        expect(admin.get_by_role("button", name="Save")).to_have_count(0)
        expect(admin.get_by_role("link", name="Delete")).to_have_count(0)


def three_invoices() -> tuple[UUID, list[Invoice]]:
    """Store three invoices under one contract, of which the second is rejected."""
    contract = sign_contract(1000)
    made = [submit_invoice(contract.id, "100", number=f"R-{place}") for place in (1, 2, 3)]
    reject_invoice(made[1].id)
    return contract.id, made


def states(contract_id: UUID) -> dict[str, str]:
    found = invoicing.list_invoices_of_contract(contract_id=contract_id)
    return {invoice.number: invoice.status.value for invoice in found}
