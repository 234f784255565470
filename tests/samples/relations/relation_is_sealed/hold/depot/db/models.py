from django.db import models


class StoreRow(models.Model):
    name = models.CharField(max_length=20)
