"""What type checkers know of an attribute that holds a reference."""

from __future__ import annotations

from typing import assert_type
from uuid import UUID

from django.db import models

from bulkhead.references import ReferenceField
from components.invoicing.db.models import InvoiceRow


class Berth(models.Model):
    lot_id = ReferenceField("stock.pallet")
    next_id = ReferenceField("stock.pallet", null=True)
    port_id = ReferenceField("cargo.Port", column=models.BigIntegerField())
    old_port_id = ReferenceField("cargo.Port", "port", column=models.IntegerField(), null=True)
    flag_id = ReferenceField("cargo.Flag", column=models.CharField(max_length=2))
    old_flag_id = ReferenceField("cargo.Flag", column=models.CharField(max_length=2), null=True)

    class Meta:
        app_label = "sales"


def attributes(berth: Berth, invoice: InvoiceRow) -> None:
    assert_type(berth.lot_id, UUID)
    assert_type(berth.next_id, UUID | None)
    assert_type(berth.port_id, int)
    assert_type(berth.old_port_id, int | None)
    assert_type(berth.flag_id, str)
    assert_type(berth.old_flag_id, str | None)
    assert_type(invoice.contract_id, UUID)
