from __future__ import annotations

from django.conf import settings
from django.db import models

from bulkhead.references import ReferenceField


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


class Tour(models.Model):
    """A plain row that holds ids of rows elsewhere, and so do the rows below it."""

    name = models.CharField(max_length=40)
    guide_id = ReferenceField(
        settings.AUTH_USER_MODEL, column=models.IntegerField(), null=True, blank=True
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Load(models.Model):
    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="loads")
    pallet_id = ReferenceField("stock.pallet")
    driver_id = ReferenceField(
        settings.AUTH_USER_MODEL, column=models.IntegerField(), null=True, blank=True
    )
    weight = models.IntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.weight} t"
