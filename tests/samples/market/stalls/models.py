from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Owned(models.Model):
    owner = models.ForeignKey("auth.User", models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Note(models.Model):
    kind = models.ForeignKey(ContentType, models.CASCADE)
    key = models.PositiveIntegerField()
    about = GenericForeignKey("kind", "key")


class Stall(Owned):
    notes = GenericRelation(Note, content_type_field="kind", object_id_field="key")
