"""The demo's data set: believable, the same each time, and true to the rules."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from components.budgeting import public as budgeting
from components.contracting import public as contracting
from components.invoicing import public as invoicing
from components.shared_kernel.money import Money
from project.demo import data_set
from project.demo.buildings import AS_OF, BUILDINGS
from project.demo.contracts import commissions, past_contract
from project.demo.invoices import is_invoiced, past_invoices
from project.demo.people import ensure_admin
from project.demo.portfolio import stored_projects
from project.demo.trades import COMPANIES, PARTS
from project.portfolio.models import Company, Project, Property
from tests.project.portfolio import make_project

pytestmark = pytest.mark.component("budgeting")

MANY = 180
"""Enough for one invoice a contract, and more for most."""


def contracts() -> list[contracting.ContractInfo]:
    return contracting.list_contracts_of_projects(project_ids=stored_projects())


def invoices() -> list[invoicing.InvoiceInfo]:
    return [
        invoice
        for contract in contracts()
        for invoice in invoicing.list_invoices_of_contract(contract_id=contract.id)
    ]


def all_pages(client: Client, path: str) -> Iterator[dict[str, Any]]:
    after = ""
    while True:
        page = client.get(f"/api/{path}?size=200{after}").json()
        yield from page["items"]
        if page["next_cursor"] is None:
            return
        after = f"&after={page['next_cursor']}"


class StopError(Exception):
    """Somebody pressed Ctrl-C."""


class TestLoad:
    @pytest.mark.parametrize("count", [1, 7, MANY])
    def test_loads_as_many_invoices_as_it_was_asked_for(self, count: int) -> None:
        dealt_with: list[int] = []

        data_set.load(invoices=count, on_invoices=dealt_with.append)

        assert len(invoices()) == count
        assert sum(dealt_with) == count

    def test_leaves_accounts_that_agree_with_their_invoices(self) -> None:
        data_set.load(invoices=MANY)

        accounts = invoicing.list_accounts(contract_ids=[contract.id for contract in contracts()])
        assert accounts
        for account in accounts:
            found = invoicing.list_invoices_of_contract(contract_id=account.contract_id)
            assert account == account_of(account, found)

    def test_leaves_invoices_that_the_endpoints_can_show_and_that_add_up(
        self, admin_client: Client
    ) -> None:
        data_set.load(invoices=MANY)

        shown = list(all_pages(admin_client, "invoicing/invoices"))

        assert len(shown) == MANY
        for invoice in shown:
            assert invoice["total"] == added_up(invoice)

    def test_leaves_contracts_whose_sums_are_their_items_and_approved_changes(
        self, admin_client: Client
    ) -> None:
        data_set.load(invoices=1)

        shown = list(all_pages(admin_client, "contracting/contracts"))

        assert len(shown) == len(contracts())
        for contract in shown:
            assert contract["agreed_sum"] == agreed(contract)

    def test_overruns_a_few_budget_lines_and_two_contracts(self) -> None:
        data_set.load(invoices=MANY)

        reports = budgeting.report_costs_of_projects(project_ids=stored_projects())
        lines = [line for report in reports for line in report.lines]
        over = sum(line.left.is_negative for line in lines)
        assert 5 <= over <= len(lines) // 8
        assert {overrun.number for report in reports for overrun in report.overruns} == {
            "C-2302-330",
            "C-2311-440",
        }
        assert any(report.other_currencies for report in reports)

    def test_invoices_in_several_currencies_and_states_with_retention_and_deductions(self) -> None:
        data_set.load(invoices=MANY)

        found = invoices()
        assert {invoice.total.currency for invoice in found} == {
            *("CHF", "EUR", "GBP", "JPY", "NOK", "USD")
        }
        assert {invoice.status for invoice in found} == set(invoicing.InvoiceStatus)
        assert any(invoice.retention_released_on for invoice in found)
        assert any(invoice.paid_on and not invoice.retention_released_on for invoice in found)

    def test_leaves_what_is_there_as_it_is(self) -> None:
        data_set.load(invoices=MANY)
        Project.objects.filter(number="P-2301").update(name="Renamed")
        before = invoices()

        data_set.load(invoices=MANY)

        assert invoices() == before
        assert Project.objects.get(number="P-2301").name == "Renamed"

    def test_takes_up_what_an_interrupted_run_has_left(self) -> None:
        def stop(count: int) -> None:
            raise StopError

        with pytest.raises(StopError):
            data_set.load(invoices=MANY, on_invoices=stop)
        assert not data_set.is_loaded()

        data_set.load(invoices=MANY)

        assert data_set.is_loaded()
        assert len(invoices()) == MANY


class TestIsLoaded:
    def test_is_true_from_the_first_invoice_on(self) -> None:
        assert not data_set.is_loaded()

        data_set.load(invoices=1)

        assert data_set.is_loaded()


class TestDrop:
    def test_leaves_nothing_of_the_demo(self) -> None:
        data_set.load(invoices=MANY)
        ids = stored_projects()

        data_set.drop()

        assert contracting.list_contracts_of_projects(project_ids=ids) == []
        assert budgeting.report_costs_of_projects(project_ids=ids) == []
        assert not data_set.is_loaded()
        assert [Project.objects.count(), Property.objects.count(), Company.objects.count()] == [
            *(0, 0, 0)
        ]

    def test_leaves_what_others_have_stored(self) -> None:
        data_set.load(invoices=1)
        own = make_project(on=Property.objects.get(name="Millrace"))

        data_set.drop()

        assert list(Project.objects.all()) == [own]
        assert list(Property.objects.all()) == [own.property]
        assert list(Company.objects.all()) == [own.client]

    def test_makes_room_for_the_same_data_set_again(self) -> None:
        data_set.load(invoices=MANY)
        before = {invoice.id: invoice for invoice in invoices()}

        data_set.drop()
        data_set.load(invoices=MANY)

        assert {invoice.id: invoice for invoice in invoices()} == before


class TestShares:
    @pytest.mark.parametrize("count", [0, 1, 5, 2000])
    def test_add_up_and_leave_the_last_one_something(self, count: int) -> None:
        found = data_set.shares(count, [3, 0, 12, 1, 0])

        assert sum(found) == count
        assert (found[1], found[4]) == (0, 0)
        assert found[3] > 0 or count == 0


class TestEnsureAdmin:
    def test_makes_somebody_who_may_do_everything(self) -> None:
        made = ensure_admin(password=None)

        user = User.objects.get(username="admin")
        assert user.is_staff
        assert user.is_superuser
        assert made.is_generated
        assert user.check_password(made.password or "")

    def test_keeps_the_password_from_before(self) -> None:
        first = ensure_admin(password="first")

        second = ensure_admin(password=None)

        assert second.password is None
        assert User.objects.get(username="admin").check_password(first.password or "")

    def test_sets_a_password_that_is_given(self) -> None:
        ensure_admin(password="first")

        ensure_admin(password="second")

        assert User.objects.get(username="admin").check_password("second")

    def test_renews_the_password_where_it_is_told_to(self) -> None:
        ensure_admin(password="first")

        renewed = ensure_admin(password=None, renew=True)

        assert renewed.is_generated
        assert not User.objects.get(username="admin").check_password("first")


class TestPast:
    """What is made before anything is stored."""

    def test_is_the_same_each_time(self) -> None:
        assert list(past(5)) == list(past(5))

    def test_ends_on_the_day_on_which_the_records_end(self) -> None:
        for _, found in past(5):
            for invoice in found:
                days = (invoice.issued_on, invoice.decided_on, invoice.paid_on)
                assert all(day <= AS_OF for day in days if day is not None)

    def test_happens_in_the_order_of_its_days(self) -> None:
        for contract, found in past(9):
            issued = [invoice.issued_on for invoice in found]
            assert issued == sorted(issued)
            assert all(contract.signed_on < day for day in issued)
            changes = [change.proposed_on for change in contract.changes]
            assert changes == sorted(changes)

    def test_gives_each_part_of_a_building_its_share(self) -> None:
        assert sum(part.share for part in PARTS) == 1000


def past(
    count: int,
) -> Iterator[tuple[contracting.PastContract, list[invoicing.PastInvoice]]]:
    ids = {name: place for place, (name, _, _) in enumerate(COMPANIES)}
    for building in BUILDINGS:
        for commission in commissions(building):
            contract = past_contract(commission, project_id=1, company_ids=ids)
            if is_invoiced(commission):
                yield contract, past_invoices(commission, contract, count)


def account_of(
    account: invoicing.AccountInfo, found: list[invoicing.InvoiceInfo]
) -> invoicing.AccountInfo:
    """Return the account that these invoices make."""
    status = invoicing.InvoiceStatus
    currency = account.submitted.currency
    paid = [invoice for invoice in found if invoice.status is status.PAID]
    kept = [invoice.retention for invoice in paid if not invoice.retention_released_on]
    retained = Money.sum(kept, currency)
    return invoicing.AccountInfo(
        contract_id=account.contract_id,
        submitted=total(found, currency, status.SUBMITTED),
        approved=total(found, currency, status.APPROVED, status.PAID),
        paid=total(paid, currency, status.PAID) - retained,
        retained=retained,
    )


def total(
    found: list[invoicing.InvoiceInfo], currency: str, *wanted: invoicing.InvoiceStatus
) -> Money:
    return Money.sum((each.total for each in found if each.status in wanted), currency)


def added_up(invoice: dict[str, Any]) -> dict[str, str]:
    lines = [Decimal(line["amount"]["amount"]) for line in invoice["lines"]]
    deductions = [Decimal(each["amount"]["amount"]) for each in invoice["deductions"]]
    return {
        "amount": str(sum(lines, Decimal(0)) - sum(deductions)),
        "currency": invoice["total"]["currency"],
    }


def agreed(contract: dict[str, Any]) -> dict[str, str]:
    items = [Decimal(item["amount"]["amount"]) for item in contract["line_items"]]
    changes = [
        Decimal(change["amount"]["amount"])
        for change in contract["change_orders"]
        if change["status"] == "approved"
    ]
    return {
        "amount": str(sum(items, Decimal(0)) + sum(changes)),
        "currency": contract["currency"],
    }
