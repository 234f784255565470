"""A browser searches for what a row refers to, by name."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from components.contracting.domain.contracts import Contract
from components.invoicing import public as invoicing
from components.invoicing.db.models import InvoiceRow
from tests.components.contracts import sign_contract
from tests.components.invoices import submit_invoice
from tests.project.browsing import WIDTHS, Visitor, is_wider_than_its_window

pytestmark = pytest.mark.component("budgeting")

LIST = "/admin/invoicing/invoicerow/"
Tab = Callable[..., Page]


@pytest.fixture
def tab(visitor: Visitor, admin_user: User) -> Tab:
    """Return what opens a tab for somebody who has signed in."""
    return lambda width=1280: visitor.signed_in_page(admin_user, width=width)


def choose(page: Page, row: Locator, text: str) -> None:
    """Open a select, type, and take the only one that is found."""
    row.get_by_role("combobox").click()
    page.locator(".select2-search__field").fill(text)
    options = page.locator(".select2-results__option--selectable, .select2-results__option")
    expect(options).to_have_count(1)
    expect(options).to_contain_text(text)
    options.click()


def dangling(contract: Contract) -> tuple[UUID, UUID]:
    """Store an invoice whose contract is gone, and return the ids of both."""
    gone, invoice = uuid4(), submit_invoice(contract.id, "100", number="R-1")
    InvoiceRow.objects.update(contract_id=gone)
    return invoice.id, gone


class TestForm:
    def test_takes_a_contract_that_is_searched_for(self, tab: Tab) -> None:
        contract = sign_contract(1000)
        sign_contract(1000)
        page = tab()
        page.goto(f"{LIST}add/")

        choose(page, page.locator(".field-contract_id"), contract.number)
        page.get_by_label("Number:").fill("R-7")
        page.get_by_label("Issued on:").fill("2026-05-01")
        page.get_by_label("Due on:").fill("2026-06-01")
        page.locator("#id_lines-0-description").fill("Formwork")
        page.locator("#id_lines-0-quantity").fill("1")
        page.locator("#id_lines-0-unit").fill("m²")
        page.locator("#id_lines-0-unit_price").fill("40")
        page.get_by_role("button", name="Save", exact=True).click()

        expect(page.locator(".messagelist li")).to_have_text(
            ["The invoice “R-7” was added successfully."]
        )
        [stored] = invoicing.list_invoices_of_contract(contract_id=contract.id)
        assert stored.number == "R-7"

    def test_shows_the_contract_that_is_gone(self, tab: Tab) -> None:
        invoice_id, gone = dangling(sign_contract(1000))
        page = tab()

        page.goto(f"{LIST}{invoice_id}/change/")

        expect(page.locator(".field-contract_id")).to_contain_text(f"unknown contract {gone}")


class TestList:
    def test_leads_to_the_contract(self, tab: Tab) -> None:
        contract = sign_contract(1000)
        submit_invoice(contract.id, "100")
        page = tab()
        page.goto(LIST)

        page.locator("#result_list").get_by_role("link", name=f"{contract.number} Shell").click()

        expect(page.locator(".field-number")).to_contain_text(contract.number)

    def test_is_filtered_by_a_contract_that_is_searched_for(
        self, tab: Tab, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bulkhead.admin.reference_filters.MOST_CHOICES", 1)
        one, other = sign_contract(1000), sign_contract(1000)
        submit_invoice(one.id, "100", number="R-1")
        submit_invoice(other.id, "100", number="R-2")
        page = tab()
        page.goto(LIST)

        choose(page, page.locator("#changelist-filter"), other.number)
        page.locator("#changelist-filter").get_by_role("button", name="Filter").click()

        expect(page.locator("#result_list tbody .field-number")).to_have_text(["R-2"])

    @pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
    def test_fits_its_window_with_a_contract_that_is_gone(self, tab: Tab, width: int) -> None:
        dangling(sign_contract(1000))
        page = tab(width)

        page.goto(LIST)

        expect(page.locator("#result_list .field-contract_id")).to_contain_text("unknown contract")
        assert not is_wider_than_its_window(page)
