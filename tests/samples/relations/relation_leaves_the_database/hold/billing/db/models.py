from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class BillRow(models.Model):
    lot = models.ForeignKey("loading.LotRow", models.CASCADE, related_name="+")
    first_lot = models.OneToOneField("loading.LotRow", models.CASCADE, related_name="+")
    lots = models.ManyToManyField("loading.LotRow", related_name="+")
    clerk = models.ForeignKey(User, models.CASCADE, db_constraint=False, related_name="+")
    groups = models.ManyToManyField(Group, related_name="+")
    tags = GenericRelation("cargo.Tag")

    before = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    copies = models.ManyToManyField("self")
    notes = GenericRelation("billing.NoteRow")
    loader_id = models.BigIntegerField(null=True)


class NoteRow(models.Model):
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    about = GenericForeignKey()


class CreditRow(BillRow):
    pass
