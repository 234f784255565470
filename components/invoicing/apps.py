"""The component `invoicing`."""

from __future__ import annotations

from bulkhead.components import ComponentConfig


class InvoicingConfig(ComponentConfig):
    """Asks contracting how much may be invoiced."""

    name = "components.invoicing"
    verbose_name = "Invoicing"
    depends_on = ("contracting",)
    seals = ("imports", "references")
    owner = "Accounts payable"
