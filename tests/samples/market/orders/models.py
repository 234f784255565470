from django.db import models
from goods.models import Good
from stalls.models import Owned


class Order(models.Model):
    goods = models.ManyToManyField(Good, through="Line", related_query_name="ordered")

    class Meta:
        permissions = [("pack_order", "Can pack an order")]


class Line(Owned):
    owner = models.ForeignKey("auth.User", models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.CASCADE)
    good = models.ForeignKey(Good, models.CASCADE)
