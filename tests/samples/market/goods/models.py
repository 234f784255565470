from django.db import models
from stalls.models import Owned


class GoodQuerySet(models.QuerySet):
    pass


class Good(Owned):
    stall = models.ForeignKey("stalls.Stall", models.CASCADE, related_name="goods")
    objects = GoodQuerySet.as_manager()


class FreshGood(Good):
    pass


class CheapGood(Good):
    class Meta:
        proxy = True
