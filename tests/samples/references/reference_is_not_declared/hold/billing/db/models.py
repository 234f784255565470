from django.db import models

from bulkhead.references import ReferenceField


class BillRow(models.Model):
    lot_id = ReferenceField("loading.lot")
    port_id = ReferenceField("cargo.Port", column=models.BigIntegerField())
    user_id = ReferenceField("auth.User", column=models.IntegerField())
