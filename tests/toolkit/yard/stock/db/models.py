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
