from django.db import models

from bulkhead.references import ReferenceField


class BillRow(models.Model):
    lot_id = ReferenceField("loading.lot")
    crane_id = ReferenceField("loading.crane")
    row_id = ReferenceField("loading.LotRow")
    quay_id = ReferenceField("quays.quay")
    user_id = ReferenceField("auth.User", column=models.IntegerField())
    robot_id = ReferenceField("auth.Robot", column=models.IntegerField())
    reminder_id = ReferenceField("billing.reminder")
