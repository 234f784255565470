from uuid import uuid4

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from bulkhead.references import ReferenceField


class PortRow(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=100, unique=True)
    history = HistoricalRecords(
        history_user_id_field=ReferenceField(
            settings.AUTH_USER_MODEL, column=models.BigIntegerField(), null=True
        )
    )

    class Meta:
        verbose_name = "port"

    def __str__(self):
        return self.name
