from django.db import models

from bulkhead.references import ReferenceField


class Port(models.Model):
    name = models.CharField(max_length=40)
    lot_id = ReferenceField("loading.lot")
