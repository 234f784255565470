from django.db import models


class BillRow(models.Model):
    lot = models.ForeignKey("loading.LotRow", models.CASCADE, related_name="+")
    store = models.ForeignKey("depot.StoreRow", models.CASCADE, related_name="+")
