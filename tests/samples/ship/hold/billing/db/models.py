from django.db import models


class BillRow(models.Model):
    lot = models.CharField(max_length=20)
