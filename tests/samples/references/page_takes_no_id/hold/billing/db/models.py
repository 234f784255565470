from django.db import models

from bulkhead.references import ReferenceField


class BillRow(models.Model):
    lot_id = ReferenceField("loading.lot")
    number_id = ReferenceField("loading.lot", column=models.IntegerField())
    lost_id = ReferenceField("loading.lost_lot")
