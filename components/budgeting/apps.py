"""The component `budgeting`."""

from __future__ import annotations

from bulkhead.components import ComponentConfig


class BudgetingConfig(ComponentConfig):
    """Asks the other two what is committed and invoiced."""

    name = "components.budgeting"
    verbose_name = "Budgeting"
    depends_on = ("contracting", "invoicing")
    depends_on_legacy = ("portfolio",)
    seals = ("imports", "references")
    owner = "Project control"
