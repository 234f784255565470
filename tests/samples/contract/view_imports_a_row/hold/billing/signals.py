from hold.billing.db import models

rows = models.BillRow.objects
