from __future__ import annotations

from django.db import models


class OrderRow(models.Model):
    id = models.UUIDField(primary_key=True)
    customer = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "order"

    def __str__(self) -> str:
        return self.customer
