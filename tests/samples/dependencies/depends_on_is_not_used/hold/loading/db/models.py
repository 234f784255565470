from django.db import models


class LotRow(models.Model):
    number = models.CharField(max_length=20)
    weight = models.DecimalField(max_digits=9, decimal_places=3)
    port = models.ForeignKey("cargo.Port", models.CASCADE, related_name="+")
