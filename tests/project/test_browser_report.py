"""The cost report and the page of a contract, in a real browser."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, Route, expect

from components.budgeting.service import budgets
from components.contracting.domain.contracts import Contract, LineItem
from components.contracting.service import change_orders, contracts
from components.invoicing.domain.invoices import InvoiceLine
from components.invoicing.service import invoices
from components.shared_kernel.money import Money
from project.portfolio.models import Project
from tests.components.contracts import JUNE, MAY
from tests.project.browsing import (
    WIDTHS,
    Scheme,
    Visitor,
    column,
    is_wider_than_its_window,
    sign_in,
)
from tests.project.portfolio import make_project

pytestmark = pytest.mark.component("budgeting")

MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture
def admin(admin_user: User) -> User:
    return admin_user


def planned_project(number: str = "P-1", name: str = "School", *, currency: str = "EUR") -> Project:
    """Store a project with a budget of two lines, of which the second is overrun by 250."""
    project = make_project(number, name)
    budgets.open_budget(project_id=project.pk, currency=currency)
    for code, title, planned in (("330", "Walls", 5000), ("420", "Heating", 1000)):
        budgets.plan_line(
            project_id=project.pk,
            cost_code=code,
            title=title,
            planned=Money.of(planned, currency),
        )
    signed_contract(project, 1, cost_code="330", price=2000, currency=currency)
    signed_contract(project, 2, cost_code="420", price=1250, currency=currency)
    return project


def signed_contract(  # noqa: PLR0913 - each test names what it is about
    project: Project,
    place: int,
    *,
    cost_code: str = "330",
    price: int = 100,
    currency: str = "EUR",
    title: str = "Shell",
) -> Contract:
    contract = contracts.draft_contract(
        number=f"C-{project.number}-{place:02}",
        title=title,
        project_id=project.pk,
        company_id=1,
        cost_code=cost_code,
        currency=currency,
        retention_percent=Decimal(5),
        line_items=[
            LineItem(
                description="Work",
                quantity=Decimal(1),
                unit="piece",
                unit_price=Money.of(price, currency),
            )
        ],
    )
    return contracts.sign_contract(contract_id=contract.id, on=MAY)


def submitted_invoice(contract: Contract, price: int) -> None:
    work = InvoiceLine(
        description="Work",
        quantity=Decimal(1),
        unit="piece",
        unit_price=Money.of(price, contract.currency),
    )
    invoices.submit_invoice(
        contract_id=contract.id, number="R-1", issued_on=MAY, due_on=JUNE, lines=[work]
    )


def shown_report(visitor: Visitor, user: User, address: str = "/") -> Page:
    page = visitor.signed_in_page(user)
    page.goto(address)
    expect(page.get_by_role("table", name="Budget lines")).to_be_visible()
    return page


class TestSignIn:
    def test_leads_to_the_admin_and_back_to_the_report(self, visitor: Visitor, admin: User) -> None:
        project = planned_project()
        page = visitor.page()

        page.goto(f"/?project={project.pk}")
        expect(page.get_by_role("heading", name="You are not signed in.")).to_be_visible()
        expect(page.get_by_label("Project")).to_be_hidden()
        page.get_by_role("main").get_by_role("link", name="Sign in").click()
        sign_in(page, admin.username, "password")

        expect(page.get_by_role("table", name="Budget lines")).to_be_visible()
        assert page.url.endswith(f"/?project={project.pk}")

    def test_says_what_to_do_where_its_form_has_expired(self, visitor: Visitor) -> None:
        page = visitor.page()
        page.goto("/admin/login/?next=/")
        page.context.clear_cookies()

        sign_in(page, "admin", "password")

        expect(page.get_by_role("heading", name="This form has expired")).to_be_visible()
        assert not is_wider_than_its_window(page)


class TestReport:
    def test_shows_what_is_planned_committed_invoiced_and_left(
        self, visitor: Visitor, admin: User
    ) -> None:
        project = planned_project()
        submitted_invoice(signed_contract(project, 3, price=500), 400)

        page = shown_report(visitor, admin)

        expect(page.locator("#facts .figure")).to_have_text(["€6,000", "€3,750", "€400", "€2,250"])
        rows = page.get_by_role("table", name="Budget lines").get_by_role("row")
        expect(rows).to_have_text(
            [
                re.compile("Part of the building"),
                re.compile(r"330 Walls\s*5,000\s*2,500\s*400\s*2,500"),
                re.compile("420 Heating Over plan\\s*1,000\\s*1,250\\s*0\\s*\N{MINUS SIGN}250"),
                re.compile(r"Whole project\s*6,000\s*3,750\s*400\s*2,250"),
            ]
        )

    def test_writes_money_as_its_currency_asks_for(self, visitor: Visitor, admin: User) -> None:
        planned_project(currency="JPY")

        page = shown_report(visitor, admin)

        expect(page.locator("#facts .figure").first).to_have_text("¥6,000")
        expect(page.locator("#currency-note")).to_contain_text("In JPY, whole units.")

    def test_draws_a_bar_for_each_line_and_tells_it_in_words(
        self, visitor: Visitor, admin: User
    ) -> None:
        planned_project()

        page = shown_report(visitor, admin)

        chart = page.get_by_role("img", name="Planned, committed and invoiced by budget line")
        expect(chart).to_have_accessible_description(
            "1 of 2 lines cost more than planned: 420 Heating. The table below has every figure."
        )
        expect(chart.locator("rect.committed")).to_have_count(2)
        expect(chart.locator("rect.excess")).to_have_count(1)
        widths = [float(bar.get_attribute("width") or 0) for bar in bars(page, "committed")]
        assert widths[0] / widths[1] == pytest.approx(2000 / 1250)

    def test_names_a_contract_that_is_invoiced_above_its_sum(
        self, visitor: Visitor, admin: User
    ) -> None:
        contract = signed_contract(planned_project(), 3, price=500)
        submitted_invoice(contract, 400)
        lower(contract, by=300)

        page = shown_report(visitor, admin)

        table = page.get_by_role("table", name="Contracts above their agreed sum")
        expect(table.get_by_role("row").nth(1)).to_have_text(
            re.compile(r"C-P-1-03 Shell\s*€200\.00\s*€400\.00\s*▲ €200\.00")
        )

    def test_says_what_is_committed_in_other_currencies(
        self, visitor: Visitor, admin: User
    ) -> None:
        signed_contract(planned_project(), 3, price=700, currency="USD")

        page = shown_report(visitor, admin)

        expect(page.locator("#foreign-sums")).to_have_text(
            "Also committed, and in no figure here: $700.00."
        )

    def test_shows_names_with_markup_in_them_as_text(self, visitor: Visitor, admin: User) -> None:
        project = planned_project(name=MARKUP)
        signed_contract(project, 3, title=MARKUP)
        budgets.plan_line(
            project_id=project.pk, cost_code="9", title=MARKUP, planned=Money.of(1, "EUR")
        )

        page = shown_report(visitor, admin)

        expect(page.get_by_role("rowheader", name=f"9 {MARKUP}")).to_be_visible()
        expect(page.get_by_role("link", name=MARKUP)).to_be_visible()
        expect(page.locator("svg.chart text.label").nth(2)).to_contain_text("9 <img")
        expect(page.get_by_label("Project").locator("option")).to_have_text([f"P-1 {MARKUP}"])
        expect(page.locator("main img[src]")).to_have_count(0)

    def test_shows_further_contracts_on_demand(self, visitor: Visitor, admin: User) -> None:
        project = planned_project()
        for place in range(3, 15):
            signed_contract(project, place)
        page = shown_report(visitor, admin)
        assert len(list(column(page, "Contracts", 0))) == 12

        page.get_by_role("button", name="Show more contracts").click()

        expect(page.get_by_role("button", name="Show more contracts")).to_be_hidden()
        assert len(list(column(page, "Contracts", 0))) == 14
        expect(page.locator("#contract-rows a").nth(12)).to_be_focused()

    def test_shows_further_contracts_once_to_those_who_click_twice(
        self, visitor: Visitor, admin: User
    ) -> None:
        project = planned_project()
        for place in range(3, 40):
            signed_contract(project, place)
        page = shown_report(visitor, admin)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))

        page.get_by_role("button", name="Show more contracts").evaluate(
            "button => { button.click(); button.click(); }"
        )

        expect(page.locator("#contract-rows tr")).to_have_count(24)
        expect(page.get_by_role("button", name="Show more contracts")).to_be_enabled()
        assert len(asked) == 1


class TestPicker:
    def test_shows_another_project_and_goes_back(self, visitor: Visitor, admin: User) -> None:
        first, second = planned_project(), planned_project("P-2", "Depot", currency="CHF")
        page = shown_report(visitor, admin)

        page.get_by_label("Project").focus()
        page.keyboard.press("ArrowDown")

        expect(page.locator("#facts .figure").first).to_have_text("CHF 6,000")
        expect(page).to_have_url(re.compile(rf"\?project={second.pk}$"))
        expect(page.get_by_role("status")).to_have_text("Depot: 2 budget lines, 1 over plan.")
        page.go_back()
        expect(page.locator("#facts .figure").first).to_have_text("€6,000")
        expect(page.get_by_label("Project")).to_have_value(str(first.pk))

    def test_says_that_a_project_has_no_budget(self, visitor: Visitor, admin: User) -> None:
        make_project()
        page = visitor.signed_in_page(admin)

        page.goto("/")

        expect(page.locator("#notice")).to_have_text(
            "There is no report for this project.Nobody has opened a budget for it yet."
        )

    def test_says_that_there_is_no_such_project(self, visitor: Visitor, admin: User) -> None:
        planned_project()
        page = visitor.signed_in_page(admin)

        page.goto("/?project=999")

        expect(page.locator("#notice")).to_have_text(
            "There is no such project.No project has the id 999. Pick another one."
        )
        page.get_by_label("Project").select_option("P-1 School")
        expect(page.get_by_role("table", name="Budget lines")).to_be_visible()

    def test_leads_to_the_admin_where_there_is_no_project(
        self, visitor: Visitor, admin: User
    ) -> None:
        page = visitor.signed_in_page(admin)

        page.goto("/")
        page.get_by_role("link", name="Add a project").click()

        expect(page).to_have_url(re.compile("/admin/portfolio/project/add/$"))


class TestProblem:
    def test_is_shown_with_its_details_and_a_way_to_try_again(
        self, visitor: Visitor, admin: User
    ) -> None:
        planned_project()
        page = visitor.signed_in_page(admin)
        page.route("**/cost-report", fail)

        page.goto("/")

        expect(page.locator("#notice")).to_have_text(
            re.compile("^Refused<b>Not</b> today.Try againstatus503typeurn:problem:nap$")
        )
        page.unroute("**/cost-report")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("table", name="Budget lines")).to_be_visible()
        expect(page.locator("#notice")).to_be_hidden()

    def test_is_said_where_the_server_is_gone(self, visitor: Visitor, admin: User) -> None:
        planned_project()
        page = visitor.signed_in_page(admin)
        page.route("**/cost-report", lambda route: route.abort())

        page.goto("/")

        expect(page.get_by_role("status")).to_have_text(
            "No answer The server can't be reached. Check that it runs, then try again."
        )


class TestContractPage:
    def test_opens_from_the_report_and_lists_the_invoices(
        self, visitor: Visitor, admin: User
    ) -> None:
        submitted_invoice(signed_contract(planned_project(), 3, price=500, title="Lifts"), 400)
        page = shown_report(visitor, admin)

        page.get_by_role("link", name="Lifts").click()

        expect(page.get_by_role("heading", name="Lifts", level=1)).to_be_visible()
        [row] = page.get_by_role("table", name="Invoices").locator("tbody tr").all()
        expect(row.locator("th, td")).to_have_text(
            [
                *("R-1", "Submitted", "May 1, 2026", "June 1, 2026", ""),
                *("400.00 EUR", "20.00 EUR", ""),
            ]
        )


class TestPage:
    @pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_fits_its_window_in_light_and_dark(
        self, visitor: Visitor, admin: User, width: int, scheme: Scheme
    ) -> None:
        project = planned_project(name="A rather long name for a rather small building " * 2)
        contract = signed_contract(project, 3, title="Unbreakable" * 9)
        page = visitor.signed_in_page(admin, width=width, scheme=scheme)

        for address in ("/", f"/contracts/{contract.id}/", "/portfolio/", "/portfolio/projects/"):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            assert not is_wider_than_its_window(page), address
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 21, 28)"
        assert dark == (scheme == "dark")

    def test_begins_with_a_way_past_the_header(self, visitor: Visitor, admin: User) -> None:
        planned_project()
        page = shown_report(visitor, admin)

        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        expect(page.get_by_label("Project")).to_be_focused()

    def test_runs_no_script_that_stands_in_the_page(self, visitor: Visitor) -> None:
        page = visitor.page()
        page.goto("/")

        page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "document.title = 'run'";
                document.body.append(script);
            }"""
        )

        assert page.title() != "run"
        [complaint] = visitor.complaints
        assert "violates the following Content Security Policy directive" in complaint
        visitor.complaints.clear()

    def test_says_so_where_nothing_is(self, visitor: Visitor, admin: User) -> None:
        page = visitor.signed_in_page(admin)

        page.goto(f"/nowhere/{MARKUP}/")

        expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
        expect(page.locator("main img")).to_have_count(0)


def bars(page: Page, kind: str) -> list[Locator]:
    return page.locator(f"svg.chart rect.{kind}").all()


def lower(contract: Contract, *, by: int) -> None:
    changed = change_orders.propose_change_order(
        contract_id=contract.id, reason="Less", amount=Money.of(-by, "EUR"), on=MAY
    )
    change_orders.approve_change_order(change_order_id=changed.change_orders[-1].id, on=MAY)


def fail(route: Route) -> None:
    problem = {
        "type": "urn:problem:nap",
        "title": "Refused",
        "status": 503,
        "detail": "<b>Not</b> today.",
    }
    route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(problem))
