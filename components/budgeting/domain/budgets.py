"""A budget: what each part of a building may cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from components.shared_kernel.money import Money


class CostCodeTakenError(Exception):
    """Two lines of a budget were to bear the same cost code."""

    def __init__(self, cost_code: str) -> None:
        super().__init__(f"The budget has a line {cost_code} already. Revise that one.")
        self.cost_code = cost_code


class UnknownCostCodeError(Exception):
    """A budget has no line of this cost code."""

    def __init__(self, cost_code: str, *, planned: tuple[str, ...]) -> None:
        lines = ", ".join(planned) or "none"
        super().__init__(f"The budget has no line {cost_code}. Its lines: {lines}.")
        self.cost_code = cost_code
        self.planned = planned


class NegativePlanError(Exception):
    """A line of a budget was to plan less than nothing."""

    def __init__(self, cost_code: str, planned: Money) -> None:
        super().__init__(f"Line {cost_code} can't be planned at {planned}, which is below zero.")
        self.cost_code = cost_code
        self.planned = planned


class UntitledLineError(Exception):
    """A line of a budget was to bear no title."""

    def __init__(self, cost_code: str) -> None:
        super().__init__(f"Line {cost_code} can't be without a title. Say what it is for.")
        self.cost_code = cost_code


class ForeignCurrencyError(Exception):
    """An amount is of another currency than the budget."""

    def __init__(self, currency: str, given: Money) -> None:
        super().__init__(f"The budget is in {currency}, and can't take over {given}.")
        self.currency = currency
        self.given = given


class BudgetExistsError(Exception):
    """A project was to get a second budget."""

    def __init__(self, project_id: int) -> None:
        super().__init__(f"Project {project_id} has a budget already. Add lines to that one.")
        self.project_id = project_id


@dataclass(slots=True, kw_only=True)
class BudgetLine:
    """What one part of the building may cost."""

    id: UUID = field(default_factory=uuid4)
    cost_code: str
    title: str
    planned: Money


@dataclass(slots=True, kw_only=True)
class Budget:
    """What a project may cost, part by part, in one currency."""

    id: UUID = field(default_factory=uuid4)
    project_id: int
    currency: str
    lines: list[BudgetLine] = field(default_factory=list)
    version: int = 0

    @property
    def planned(self) -> Money:
        """What all lines add up to."""
        return Money.sum((line.planned for line in self.lines), self.currency)

    def plan_anew(self, lines: Sequence[BudgetLine]) -> None:
        """Plan these lines and no others."""
        known: set[str] = set()
        for line in lines:
            if line.cost_code in known:
                raise CostCodeTakenError(line.cost_code)
            known.add(line.cost_code)
            self._require_plannable(line.cost_code, line.planned)
        self.lines = list(lines)

    def plan(self, *, cost_code: str, title: str, planned: Money) -> None:
        """Add a line."""
        if any(line.cost_code == cost_code for line in self.lines):
            raise CostCodeTakenError(cost_code)
        self._require_plannable(cost_code, planned)
        self.lines.append(BudgetLine(cost_code=cost_code, title=title, planned=planned))

    def revise(self, *, cost_code: str, planned: Money) -> None:
        """Plan another sum for a line."""
        self._require_plannable(cost_code, planned)
        self._line(cost_code).planned = planned

    def rename(self, *, cost_code: str, title: str) -> None:
        """Call a line something else."""
        line = self._line(cost_code)
        if not title.strip():
            raise UntitledLineError(cost_code)
        line.title = title

    def shift(self, amount: Money, *, source: str, target: str) -> None:
        """Plan more for one line and less for another, which leaves the whole as it is."""
        giving, taking = self._line(source), self._line(target)
        if amount.currency != self.currency:
            raise ForeignCurrencyError(self.currency, amount)
        self._require_plannable(source, giving.planned - amount)
        self._require_plannable(target, taking.planned + amount)
        giving.planned -= amount
        taking.planned += amount

    def _line(self, cost_code: str) -> BudgetLine:
        for line in self.lines:
            if line.cost_code == cost_code:
                return line
        raise UnknownCostCodeError(
            cost_code, planned=tuple(sorted(line.cost_code for line in self.lines))
        )

    def _require_plannable(self, cost_code: str, planned: Money) -> None:
        if planned.currency != self.currency:
            raise ForeignCurrencyError(self.currency, planned)
        if planned.is_negative:
            raise NegativePlanError(cost_code, planned)
