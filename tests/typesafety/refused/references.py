"""What type checkers refuse of a reference."""

from __future__ import annotations

from django.db import models

from bulkhead.references import ReferenceField, ReferenceProvider
from components.invoicing.db.models import InvoiceRow


def attributes(invoice: InvoiceRow) -> None:
    invoice.contract_id = None  # refused
    invoice.contract_id.number  # refused


def declarations() -> None:
    ReferenceField(InvoiceRow)  # refused
    ReferenceField("contracting.contract", column=models.UUIDField)  # refused
    ReferenceProvider("contract", labels=dict, search=dict)  # refused
