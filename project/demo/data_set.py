"""Loads the demo's data set through what the components offer to others, and drops it again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from components.budgeting import public as budgeting
from components.contracting import public as contracting
from components.invoicing import public as invoicing
from components.shared_kernel.money import Money
from project.demo.buildings import BUILDINGS, Building
from project.demo.contracts import Commission, commissions, past_contract
from project.demo.invoices import is_invoiced, past_invoices
from project.demo.portfolio import Portfolio, drop_portfolio, store_portfolio, stored_projects
from project.demo.trades import PARTS

MOST_INVOICES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agreement:
    """A contract of the demo, and how many invoices it gets."""

    commission: Commission
    contract: contracting.PastContract
    invoices: int


def is_loaded() -> bool:
    """Tell whether all of the data set is there; its last contract is invoiced last."""
    *_, last = filter(is_invoiced, _commissions())
    return bool(invoicing.list_accounts(contract_ids=[last.id]))


def load(*, invoices: int, on_invoices: Callable[[int], object] = lambda _: None) -> None:
    """Load what is missing, with so many invoices in all, and leave what is there as it is.

    `on_invoices` is called with the number of invoices that were dealt with since its last call.
    What an interrupted run has left is taken up where it stopped, contract by contract.
    """
    portfolio = store_portfolio()
    agreements = _agreements(portfolio, invoices)
    _load_budgets(portfolio)
    _load_contracts(portfolio, agreements)
    invoiced = _invoiced([agreement.contract.id for agreement in agreements])
    for agreement in agreements:
        if agreement.invoices and agreement.contract.id not in invoiced:
            invoicing.take_over_invoices(
                contract_id=agreement.contract.id,
                invoices=past_invoices(
                    agreement.commission, agreement.contract, agreement.invoices
                ),
            )
        on_invoices(agreement.invoices)


def drop() -> None:
    """Remove the demo's projects, with everything that anybody has added to them since."""
    projects = stored_projects()
    contracts = [
        contract.id for contract in contracting.list_contracts_of_projects(project_ids=projects)
    ]
    invoicing.drop_invoices(contract_ids=contracts)
    contracting.drop_contracts(contract_ids=contracts)
    budgeting.drop_budgets(project_ids=projects)
    drop_portfolio()


def shares(count: int, weights: Collection[int]) -> list[int]:
    """Divide a count by weights; each part is whole, together they are the count."""
    whole = sum(weights)
    reached, given = 0, 0
    found = []
    for weight in weights:
        reached += weight
        share = count * reached // whole - given
        found.append(share)
        given += share
    return found


def _commissions() -> list[Commission]:
    return [commission for building in BUILDINGS for commission in commissions(building)]


def _agreements(portfolio: Portfolio, invoices: int) -> list[_Agreement]:
    found = _commissions()
    weights = [_weight(commission) for commission in found]
    return [
        _Agreement(
            commission=commission,
            contract=past_contract(
                commission,
                project_id=portfolio.projects[commission.building.number],
                company_ids=portfolio.companies,
            ),
            invoices=count,
        )
        for commission, count in zip(found, shares(invoices, weights), strict=True)
    ]


def _weight(commission: Commission) -> int:
    return 2 + round(10 * commission.progress) if is_invoiced(commission) else 0


def _load_budgets(portfolio: Portfolio) -> None:
    there = {
        report.project_id
        for report in budgeting.report_costs_of_projects(
            project_ids=list(portfolio.projects.values())
        )
    }
    for building in BUILDINGS:
        project_id = portfolio.projects[building.number]
        if building.budget and project_id not in there:
            budgeting.take_over_budget(
                project_id=project_id, currency=building.currency, lines=_budget(building)
            )


def _budget(building: Building) -> list[budgeting.PastBudgetLine]:
    return [
        budgeting.PastBudgetLine(
            cost_code=part.code,
            title=part.title,
            planned=Money.of(building.budget * part.share // 1000, building.currency),
        )
        for part in PARTS
    ]


def _load_contracts(portfolio: Portfolio, agreements: Collection[_Agreement]) -> None:
    there = {
        contract.id
        for contract in contracting.list_contracts_of_projects(
            project_ids=list(portfolio.projects.values())
        )
    }
    missing = [agreement.contract for agreement in agreements if agreement.contract.id not in there]
    contracting.take_over_contracts(contracts=missing)


def _invoiced(contract_ids: Collection[UUID]) -> set[UUID]:
    return {account.contract_id for account in invoicing.list_accounts(contract_ids=contract_ids)}
