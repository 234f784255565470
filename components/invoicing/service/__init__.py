"""What can be asked of invoices and done with them, and what is raised where there is none."""

from __future__ import annotations

from components.invoicing.db.repositories import InvoiceNotFoundError

__all__ = ["InvoiceNotFoundError"]
