from __future__ import annotations

from django.db import models


class PalletRow(models.Model):
    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=[("open", "open"), ("shipped", "shipped")])
    price_amount = models.DecimalField(max_digits=12, decimal_places=2)
    price_currency = models.CharField(max_length=3)
    held_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    held_currency = models.CharField(max_length=3, null=True)
    note = models.TextField(null=True)
    marks = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "pallet"

    def __str__(self) -> str:
        return self.code


class CrateRow(models.Model):
    id = models.UUIDField(primary_key=True)
    pallet = models.ForeignKey(PalletRow, on_delete=models.CASCADE, related_name="crates")
    position = models.PositiveIntegerField()
    content = models.CharField(max_length=40)
    weight = models.IntegerField()

    class Meta:
        verbose_name = "crate"
        constraints = [
            models.UniqueConstraint(fields=["pallet", "position"], name="one_crate_a_position")
        ]

    def __str__(self) -> str:
        return self.content


class LabelRow(models.Model):
    crate = models.ForeignKey(CrateRow, on_delete=models.CASCADE, related_name="labels")
    place = models.PositiveIntegerField()
    text = models.CharField(max_length=40)

    class Meta:
        verbose_name = "label"

    def __str__(self) -> str:
        return self.text


class ShelfRow(models.Model):
    name = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "shelf"

    def __str__(self) -> str:
        return self.name


class SlotRow(models.Model):
    shelf = models.ForeignKey(ShelfRow, on_delete=models.CASCADE, related_name="slots")
    width = models.IntegerField()

    class Meta:
        verbose_name = "slot"

    def __str__(self) -> str:
        return str(self.width)


class TallyRow(models.Model):
    id = models.UUIDField(primary_key=True)
    count = models.IntegerField()

    class Meta:
        verbose_name = "tally"

    def __str__(self) -> str:
        return str(self.count)


class ShipmentRow(models.Model):
    sent_on = models.DateField(null=True)
    checked = models.BooleanField(default=False)
    fee_amount = models.DecimalField(max_digits=12, decimal_places=2)
    insured_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3)
    urgency = models.IntegerField(null=True, choices=[(1, "low"), (2, "high")])
    facts = models.JSONField(default=dict)
    tags = models.JSONField(default=list)
    grams = models.IntegerField(default=0)
    box_material = models.CharField(max_length=10, null=True)
    box_size_width = models.IntegerField(null=True)
    box_size_height = models.IntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "shipment"

    def __str__(self) -> str:
        return str(self.pk)


class ParcelRow(models.Model):
    shipment = models.ForeignKey(ShipmentRow, on_delete=models.CASCADE, related_name="parcels")
    place = models.IntegerField()
    name = models.CharField(max_length=20)

    class Meta:
        verbose_name = "parcel"
        constraints = [
            models.UniqueConstraint("shipment", "place", name="one_parcel_a_place"),
        ]

    def __str__(self) -> str:
        return self.name


class SealRow(models.Model):
    parcel = models.ForeignKey(ParcelRow, on_delete=models.CASCADE, related_name="seals")
    place = models.IntegerField()
    code = models.CharField(max_length=20)

    class Meta:
        verbose_name = "seal"

    def __str__(self) -> str:
        return self.code


class StopRow(models.Model):
    shipment = models.ForeignKey(ShipmentRow, on_delete=models.CASCADE, related_name="stops")
    number = models.IntegerField()
    town = models.CharField(max_length=20)
    at = models.DateField(null=True)

    class Meta:
        verbose_name = "stop"

    def __str__(self) -> str:
        return self.town


class TicketRow(models.Model):
    id = models.CharField(primary_key=True, max_length=20)
    holder = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "ticket"

    def __str__(self) -> str:
        return self.id
