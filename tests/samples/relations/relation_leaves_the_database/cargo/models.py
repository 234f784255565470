from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Port(models.Model):
    name = models.CharField(max_length=40)


class Tag(models.Model):
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    about = GenericForeignKey()
    port = models.ForeignKey(Port, models.CASCADE)
    bill = models.ForeignKey("billing.BillRow", models.CASCADE, related_name="+")
