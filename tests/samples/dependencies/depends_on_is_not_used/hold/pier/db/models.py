from django.db import models

from bulkhead.references import ReferenceField


class BerthRow(models.Model):
    store_id = ReferenceField("depot.store")
    port_id = ReferenceField("cargo.Port", column=models.IntegerField())
