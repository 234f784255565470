"""What others get to see of a project's costs: the cost report itself, which is a value."""

from __future__ import annotations

from components.budgeting.domain.cost_reports import CostLine, CostReport, Overrun

__all__ = ["CostLine", "CostReport", "Overrun"]
