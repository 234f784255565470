"""A cost report: planned against committed against invoiced, and what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from components.budgeting.domain.budgets import Budget
from components.shared_kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A contract, as far as it costs the project something."""

    contract_id: UUID
    number: str
    title: str
    cost_code: str
    agreed: Money
    invoiced: Money

    @property
    def expected(self) -> Money:
        """What it costs in the end: what is agreed, or more where more is invoiced already."""
        return max(self.agreed, self.invoiced)

    @property
    def excess(self) -> Money:
        """What is invoiced above what is agreed."""
        return self.expected - self.agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One part of the building in a cost report."""

    cost_code: str
    title: str
    planned: Money
    committed: Money
    invoiced: Money
    left: Money
    """What is planned and will not be spent; below zero it is an overrun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrun:
    """A contract under which more is invoiced than is agreed.

    A change order that takes something off an invoiced contract leads to it.
    """

    contract_id: UUID
    number: str
    title: str
    agreed: Money
    invoiced: Money
    excess: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CostReport:
    """What a project was to cost, and what it will."""

    project_id: int
    currency: str
    lines: tuple[CostLine, ...]
    """The lines of the budget in order, then what is spent on parts that nobody planned."""
    planned: Money
    committed: Money
    invoiced: Money
    left: Money
    overruns: tuple[Overrun, ...]
    other_currencies: tuple[Money, ...]
    """What is committed in other currencies, a sum for each; it is in no other figure."""


def cost_report(budget: Budget, commitments: Iterable[Commitment]) -> CostReport:
    """Return the report of one project."""
    own, foreign = _by_currency(commitments, budget.currency)
    lines = _lines(budget, own)
    return CostReport(
        project_id=budget.project_id,
        currency=budget.currency,
        lines=lines,
        planned=Money.sum((line.planned for line in lines), budget.currency),
        committed=Money.sum((line.committed for line in lines), budget.currency),
        invoiced=Money.sum((line.invoiced for line in lines), budget.currency),
        left=Money.sum((line.left for line in lines), budget.currency),
        overruns=tuple(_overrun(commitment) for commitment in own if commitment.excess.is_positive),
        other_currencies=_sums(foreign),
    )


def _by_currency(
    commitments: Iterable[Commitment], currency: str
) -> tuple[list[Commitment], list[Commitment]]:
    own: list[Commitment] = []
    foreign: list[Commitment] = []
    for commitment in commitments:
        (own if commitment.agreed.currency == currency else foreign).append(commitment)
    return own, foreign


def _lines(budget: Budget, commitments: Sequence[Commitment]) -> tuple[CostLine, ...]:
    spent_on: dict[str, list[Commitment]] = defaultdict(list)
    for commitment in commitments:
        spent_on[commitment.cost_code].append(commitment)
    planned = [
        _line(line.cost_code, line.title, line.planned, spent_on.pop(line.cost_code, ()))
        for line in budget.lines
    ]
    nothing = Money.zero(budget.currency)
    return (
        *planned,
        *(_line(code, "Not in the budget", nothing, spent_on[code]) for code in sorted(spent_on)),
    )


def _line(
    cost_code: str, title: str, planned: Money, commitments: Sequence[Commitment]
) -> CostLine:
    currency = planned.currency
    expected = Money.sum((commitment.expected for commitment in commitments), currency)
    return CostLine(
        cost_code=cost_code,
        title=title,
        planned=planned,
        committed=Money.sum((commitment.agreed for commitment in commitments), currency),
        invoiced=Money.sum((commitment.invoiced for commitment in commitments), currency),
        left=planned - expected,
    )


def _overrun(commitment: Commitment) -> Overrun:
    return Overrun(
        contract_id=commitment.contract_id,
        number=commitment.number,
        title=commitment.title,
        agreed=commitment.agreed,
        invoiced=commitment.invoiced,
        excess=commitment.excess,
    )


def _sums(commitments: Sequence[Commitment]) -> tuple[Money, ...]:
    currencies = sorted({commitment.agreed.currency for commitment in commitments})
    return tuple(
        Money.sum((c.agreed for c in commitments if c.agreed.currency == currency), currency)
        for currency in currencies
    )
