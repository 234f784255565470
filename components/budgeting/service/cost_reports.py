"""Cost reports, made from what the other components answer in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from components.budgeting.db.repositories import BudgetRepository
from components.budgeting.domain.cost_reports import Commitment, CostReport, cost_report
from components.budgeting.service.budgets import get_budget
from components.contracting import public as contracting
from components.invoicing import public as invoicing
from components.shared_kernel.money import Money


def report_costs(*, project_id: int) -> CostReport:
    """Return the report of a project, and raise BudgetNotFoundError where it has no budget."""
    return cost_report(
        get_budget(project_id=project_id), _commitments([project_id]).get(project_id, ())
    )


def report_costs_of_projects(*, project_ids: Collection[int]) -> list[CostReport]:
    """Return the reports of many projects, asking no component more often than for one."""
    commitments = _commitments(project_ids)
    return [
        cost_report(budget, commitments.get(budget.project_id, ()))
        for budget in BudgetRepository().of_projects(project_ids=project_ids)
    ]


def _commitments(project_ids: Collection[int]) -> dict[int, list[Commitment]]:
    """Ask each component once, whatever the number of projects, contracts and invoices."""
    contracts = contracting.list_contracts_of_projects(project_ids=project_ids)
    invoiced = _invoiced([contract.id for contract in contracts])
    by_project: dict[int, list[Commitment]] = defaultdict(list)
    for contract in contracts:
        by_project[contract.project_id].append(
            Commitment(
                contract_id=contract.id,
                number=contract.number,
                title=contract.title,
                cost_code=contract.cost_code,
                agreed=contract.agreed_sum,
                invoiced=invoiced.get(contract.id, Money.zero(contract.currency)),
            )
        )
    return by_project


def _invoiced(contract_ids: Collection[UUID]) -> dict[UUID, Money]:
    return {
        account.contract_id: account.claimed
        for account in invoicing.list_accounts(contract_ids=contract_ids)
    }
