from uuid import uuid4

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from bulkhead.references import ReferenceField
from parts.stores.domain.pallets import PalletStatus


class PalletRow(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=20, unique=True)
    port_id = ReferenceField("ports.port", null=True, blank=True)
    status = models.CharField(
        max_length=20,
        choices=[(status.value, status.name.title()) for status in PalletStatus],
        default=PalletStatus.OPEN,
    )
    version = models.PositiveIntegerField(default=0)
    history = HistoricalRecords(
        history_user_id_field=ReferenceField(
            settings.AUTH_USER_MODEL, column=models.BigIntegerField(), null=True
        )
    )

    class Meta:
        verbose_name = "pallet"

    def __str__(self):
        return self.code


class CrateRow(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pallet = models.ForeignKey(PalletRow, models.CASCADE, related_name="crates")
    position = models.PositiveIntegerField(default=0)
    content = models.CharField(max_length=100)
    weight = models.PositiveIntegerField()

    class Meta:
        verbose_name = "crate"
        ordering = ("position",)

    def __str__(self):
        return self.content
