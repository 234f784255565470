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


class Haulier(models.Model):
    """A plain row: no aggregate stands behind it."""

    name = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.name


class Truck(models.Model):
    haulier = models.ForeignKey(Haulier, on_delete=models.CASCADE, related_name="trucks")
    plate = models.CharField(max_length=10)
    bought_on = models.DateField()

    def __str__(self) -> str:
        return self.plate
