"""For each endpoint, a request that it accepts: with ids that exist, and the state it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from bulkhead.api.tags import state_of
from components.budgeting.domain.budgets import Budget
from components.budgeting.service import budgets
from components.contracting.domain.contracts import Contract
from components.contracting.service import contracts
from components.invoicing.domain.invoices import Invoice
from components.invoicing.service import invoices
from tests.components.contracts import (
    JUNE,
    close_contract,
    draft_contract,
    propose_change,
    sign_contract,
)
from tests.components.invoices import euro, submit_invoice
from tests.project.portfolio import make_project

_numbers = count(1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One request that an endpoint accepts now."""

    status: int = 200
    path: Mapping[str, object] = field(default_factory=dict)
    body: Any = None
    aggregate: Contract | Invoice | Budget | None = None
    """What it shows or changes."""

    @property
    def tag(self) -> str | None:
        """The state in which what it changes is now."""
        state = state_of(self.aggregate)
        return None if state is None else state.tag()


def way_to(operation_id: str) -> Way:
    """Make what the endpoint needs, and return a request that it accepts."""
    return _WAYS[operation_id]()


def known_ways() -> set[str]:
    """Return the endpoints that a way is known to."""
    return set(_WAYS)


def _money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def _line() -> dict[str, Any]:
    return {
        "description": "Concrete C25/30",
        "quantity": "1",
        "unit": "m³",
        "unit_price": _money("100"),
    }


def _claim() -> dict[str, Any]:
    deduction = {"kind": "defect", "reason": "Cracks", "amount": _money("10")}
    return {
        "number": f"R-{next(_numbers)}",
        "issued_on": "2026-05-01",
        "due_on": "2026-06-01",
        "lines": [_line()],
        "deductions": [deduction],
    }


def _budget(*codes: str) -> Budget:
    project_id = next(_numbers)
    budget = budgets.open_budget(project_id=project_id, currency="EUR")
    for code in codes:
        budget = budgets.plan_line(
            project_id=project_id, cost_code=code, title="Walls", planned=euro(100)
        )
    return budget


def _of_budget(budget: Budget, body: Any = None, **path: object) -> Way:
    return Way(path={"project_id": budget.project_id, **path}, body=body, aggregate=budget)


def _of_contract(contract: Contract, body: Any = None) -> Way:
    return Way(path={"contract_id": contract.id}, body=body, aggregate=contract)


def _of_change_order() -> Way:
    contract = sign_contract()
    change_order_id = propose_change(contract.id, 100)
    proposed = contracts.get_contract(contract_id=contract.id)
    return Way(path={"change_order_id": change_order_id}, aggregate=proposed)


def _of_invoice(invoice: Invoice, body: Any = None) -> Way:
    return Way(path={"invoice_id": invoice.id}, body=body, aggregate=invoice)


def _submitted() -> Invoice:
    return submit_invoice(sign_contract().id, "100")


def _approved() -> Invoice:
    return invoices.approve_invoice(invoice_id=_submitted().id, on=JUNE)


def _paid(*, closed: bool) -> Invoice:
    invoice = invoices.pay_invoice(invoice_id=_approved().id, on=JUNE)
    if closed:
        close_contract(invoice.contract_id, on=JUNE)
    return invoice


def _new_contract() -> Way:
    body = {
        "number": f"C{next(_numbers)}",
        "title": "Shell",
        "project_id": 1,
        "company_id": 2,
        "cost_code": "330",
        "currency": "EUR",
        "retention_percent": "5",
        "line_items": [_line()],
    }
    return Way(status=201, body=body)


def _new_invoice() -> Way:
    return Way(status=201, body=_claim() | {"contract_id": str(sign_contract().id)})


def _projects() -> Way:
    make_project(f"P-{next(_numbers)}")
    return Way()


_WAYS: dict[str, Callable[[], Way]] = {
    "budgeting_report_costs": lambda: _of_budget(_budget("330")),
    "budgeting_get_budget": lambda: _of_budget(_budget("330")),
    "budgeting_open_budget": lambda: Way(
        status=201, path={"project_id": next(_numbers)}, body={"currency": "EUR"}
    ),
    "budgeting_plan_line": lambda: _of_budget(
        _budget(), {"cost_code": "330", "title": "Walls", "planned": _money("100")}
    ),
    "budgeting_revise_line": lambda: _of_budget(
        _budget("330"), {"planned": _money("70")}, cost_code="330"
    ),
    "budgeting_shift_budget": lambda: _of_budget(
        _budget("330", "360"), {"amount": _money("7"), "source": "330", "target": "360"}
    ),
    "contracting_list_contracts": lambda: Way(aggregate=sign_contract()),
    "contracting_draft_contract": _new_contract,
    "contracting_get_contract": lambda: _of_contract(sign_contract()),
    "contracting_add_line_item": lambda: _of_contract(draft_contract(), _line()),
    "contracting_sign_contract": lambda: _of_contract(draft_contract()),
    "contracting_close_contract": lambda: _of_contract(sign_contract()),
    "contracting_propose_change_order": lambda: _of_contract(
        sign_contract(), {"reason": "Piles", "amount": _money("10")}
    ),
    "contracting_approve_change_order": _of_change_order,
    "contracting_reject_change_order": _of_change_order,
    "invoicing_list_invoices": lambda: Way(aggregate=_submitted()),
    "invoicing_submit_invoice": _new_invoice,
    "invoicing_get_invoice": lambda: _of_invoice(_submitted()),
    "invoicing_correct_invoice": lambda: _of_invoice(_submitted(), _claim()),
    "invoicing_withdraw_invoice": lambda: replace(_of_invoice(_submitted()), status=204),
    "invoicing_approve_invoice": lambda: _of_invoice(_submitted()),
    "invoicing_reject_invoice": lambda: _of_invoice(_submitted(), {"reason": "Measured twice"}),
    "invoicing_pay_invoice": lambda: _of_invoice(_approved()),
    "invoicing_release_retention": lambda: _of_invoice(_paid(closed=True)),
    "project_list_projects": _projects,
}
