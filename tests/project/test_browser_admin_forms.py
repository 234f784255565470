"""A browser in the forms of the admin: what a person types there is saved, or told why not."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from bulkhead.repositories import AggregateNotFoundError
from components.invoicing import public as invoicing
from components.invoicing.domain.invoices import Invoice
from components.invoicing.service import invoices
from tests.components.contracts import sign_contract
from tests.components.invoices import JUNE, MAY, line, reject_invoice, submit_invoice
from tests.project.browsing import Visitor, is_wider_than_its_window

pytestmark = pytest.mark.component("budgeting")

LIST = "/admin/invoicing/invoicerow/"
Tab = Callable[[], Page]


@pytest.fixture
def tab(visitor: Visitor, admin_user: User) -> Tab:
    """Return what opens another tab for somebody who has signed in."""
    return lambda: visitor.signed_in_page(admin_user)


@pytest.fixture
def invoice() -> Invoice:
    """Return an invoice of three lines."""
    return invoices.submit_invoice(
        contract_id=sign_contract(1000).id,
        number="R-1",
        issued_on=MAY,
        due_on=JUNE,
        lines=[line(price) for price in ("100", "200", "300")],
    )


def open_form(page: Page, invoice: Invoice) -> None:
    page.goto(f"{LIST}{invoice.id}/change/")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def told(page: Page) -> Locator:
    return page.locator(".messagelist li")


def cell(page: Page, row: int, name: str) -> Locator:
    return page.locator(f"#id_lines-{row}-{name}")


def prices(invoice_id: UUID) -> list[str]:
    stored = invoices.get_invoice(invoice_id=invoice_id)
    return [str(found.unit_price.amount) for found in stored.lines]


class TestAdding:
    def test_tells_a_broken_rule_beside_the_data_which_is_mended_and_saved(self, tab: Tab) -> None:
        contract = sign_contract(1000)
        page = tab()
        page.goto(f"{LIST}add/?contract_id={contract.id}")
        page.get_by_label("Number:").fill("R-7")
        page.get_by_label("Issued on:").fill("2026-05-01")
        page.get_by_label("Due on:").fill("2026-04-01")
        cell(page, 0, "description").fill("Formwork")
        cell(page, 0, "quantity").fill("2.5")
        cell(page, 0, "unit").fill("m²")
        cell(page, 0, "unit_price").fill("40")

        save(page)

        expect(page.locator(".field-due_on .errorlist")).to_have_text(
            "Invoice R-7 is due on 2026-04-01, before it was issued on 2026-05-01."
        )
        expect(cell(page, 0, "description")).to_have_value("Formwork")
        page.get_by_label("Due on:").fill("2026-06-01")
        save(page)
        expect(told(page)).to_have_text(["The invoice “R-7” was added successfully."])
        [stored] = invoicing.list_invoices_of_contract(contract_id=contract.id)
        assert (stored.number, str(stored.total)) == ("R-7", "100.00 EUR")

    def test_tells_beside_the_cell_what_is_no_amount(self, tab: Tab, invoice: Invoice) -> None:
        page = tab()
        open_form(page, invoice)
        cell(page, 1, "unit_price").fill("1.005")

        save(page)

        error = page.locator("#lines-1 .field-unit_price .errorlist")
        expect(error).to_contain_text("1.005 is no exact amount of EUR")
        assert prices(invoice.id) == ["100.00", "200.00", "300.00"]


class TestTwoTabs:
    def test_the_second_is_told_keeps_what_it_typed_and_decides(
        self, tab: Tab, invoice: Invoice
    ) -> None:
        first, second = tab(), tab()
        open_form(first, invoice)
        open_form(second, invoice)
        first.get_by_label("Number:").fill("R-1a")
        save(first)
        expect(told(first)).to_have_text(["The invoice “R-1a” was changed successfully."])
        second.get_by_label("Due on:").fill("2026-07-15")

        save(second)

        expect(second.locator(".errorlist.nonfield")).to_contain_text(
            "This invoice was changed while you worked on it: admin at"
        )
        expect(second.locator(".errorlist.nonfield")).to_contain_text("(Changed Number)")
        expect(second.locator(".field-number .errorlist")).to_have_text("Stored now: R-1a")
        expect(second.get_by_label("Due on:")).to_have_value("2026-07-15")
        second.get_by_label("Number:").fill("R-1a")
        save(second)
        expect(told(second)).to_have_text(["The invoice “R-1a” was changed successfully."])
        stored = invoices.get_invoice(invoice_id=invoice.id)
        assert (stored.number, str(stored.due_on), stored.version) == ("R-1a", "2026-07-15", 3)


class TestLines:
    def test_are_put_in_another_order_added_and_deleted(self, tab: Tab, invoice: Invoice) -> None:
        page = tab()
        open_form(page, invoice)
        cell(page, 2, "ORDER").fill("1")
        page.locator("#id_lines-1-DELETE").check()
        page.get_by_role("button", name="Add another Line").or_(
            page.get_by_role("link", name="Add another Line")
        ).click()
        cell(page, 3, "description").fill("Crane")
        cell(page, 3, "quantity").fill("1")
        cell(page, 3, "unit").fill("day")
        cell(page, 3, "unit_price").fill("50")

        save(page)

        expect(told(page)).to_have_text(["The invoice “R-1” was changed successfully."])
        assert prices(invoice.id) == ["300.00", "100.00", "50.00"]
        open_form(page, invoice)
        expect(cell(page, 0, "unit_price")).to_have_value("300.00")

    def test_survive_a_refusal_with_their_ticks(self, tab: Tab, invoice: Invoice) -> None:
        page = tab()
        open_form(page, invoice)
        for row in range(3):
            page.locator(f"#id_lines-{row}-DELETE").check()

        save(page)

        expect(page.locator("#lines-group .errorlist.nonform")).to_have_text(
            "Invoice R-1 has no lines. Say what was done, and at which price."
        )
        expect(page.locator("#id_lines-1-DELETE")).to_be_checked()
        assert len(prices(invoice.id)) == 3

    def test_fit_a_page_of_usual_width(self, tab: Tab, invoice: Invoice) -> None:
        page = tab()

        open_form(page, invoice)

        assert not is_wider_than_its_window(page)


class TestDeleting:
    def test_gives_an_invoice_up(self, tab: Tab, invoice: Invoice) -> None:
        page = tab()
        open_form(page, invoice)
        page.locator("a.deletelink").click()  # a link that 6.1 calls a button

        page.get_by_role("button", name="Yes, I").click()

        expect(told(page)).to_have_text(["The invoice “R-1” was deleted successfully."])
        with pytest.raises(AggregateNotFoundError):
            invoices.get_invoice(invoice_id=invoice.id)


class TestAction:
    def test_tells_which_three_of_ten_rows_are_refused(self, tab: Tab) -> None:
        contract = sign_contract(1000)
        made = [submit_invoice(contract.id, "10", number=f"R-{place}") for place in range(10)]
        for rejected in made[2:5]:
            reject_invoice(rejected.id)
        page = tab()
        page.goto(LIST)
        page.get_by_label("Select all objects on this page for an action").check()
        page.get_by_label("Action:").select_option("Approve selected invoices")

        page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()

        refused = [
            f"Approve selected invoices: R-{place} is left as it was. Invoice R-{place} is "
            f"rejected, and this is possible only while it is submitted."
            for place in (2, 3, 4)
        ]
        expect(told(page)).to_have_text(
            [*refused, "Approve selected invoices: done for 7 invoices."]
        )
